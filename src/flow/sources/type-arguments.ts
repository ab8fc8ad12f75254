/** Type arguments as they are written at a call, or where its receiver was made or declared: `Repository<Child>`. */
import { firstFound } from "../../base/first-found.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { operandsOfSite } from "../models/address-values.js";
import { heldInSlot } from "../program/captured-from.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { FieldTypes } from "./field-types.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";
import type { WrittenType, WrittenTypes } from "./written-types.js";

/** Steps from a value to what says whose rows it is about. */
const deepest = 48;

type Instance = Extract<AbstractValue, { kind: "instance" }>;

export class TypeArguments {
  private readonly fields: FieldTypes;
  /** By function and value. */
  private readonly known = new Map<string, WrittenType | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly types: WrittenTypes,
  ) {
    this.fields = new FieldTypes(pointsTo, types, (file, type) => this.ofType(file, type, 0));
  }

  /** The first type argument of a call, or of its receiver; where a property is assigned, of its object. */
  at(site: CallSite): WrittenType | null {
    const { instruction, caller } = site;
    return this.closed(
      caller,
      instruction.kind === "store"
        ? this.argumentOf(caller, instruction.object, 0)
        : this.argumentAt(site, 0),
    );
  }

  /** The same, of something that a call was given. */
  of(node: FunctionNode, value: ValueId): WrittenType | null {
    return this.closed(node, this.argumentOf(node, value, 0));
  }

  /** The same on an object of a class: what the class gives those that it extends decides (`extends Rows<Child>`). */
  on(home: ClassNode, { caller, instruction }: CallSite): WrittenType | null {
    let value = instruction.kind === "call" ? instruction.receiver : null;
    for (let hops = 0; value !== null && hops < 12; hops++) {
      const definition = definitionOf(caller, value);
      if (definition?.kind === "load" && definition.property.kind === "name") {
        const found = this.fields.of(home, definition.property.name);
        if (found !== null) return found;
        value = definition.object;
      } else value = definition?.kind === "call" ? definition.receiver : null;
    }
    return null;
  }

  private argumentAt(site: CallSite, depth: number): WrittenType | null {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || depth > deepest) return null;
    const type = rowType(instruction.typeArguments);
    if (type !== undefined) return { file: caller.file, type };
    const receiver = instruction.new ? instruction.callee : operandsOfSite(site).receiver;
    return receiver === null ? null : this.argumentOf(caller, receiver, depth + 1);
  }

  /** The type argument of a value, where it was made or declared. */
  private argumentOf(node: FunctionNode, value: ValueId, depth: number): WrittenType | null {
    const key = `${String(node.index)}:${String(value)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // What is asked for while it is being looked for says nothing of itself.
    this.known.set(key, null);
    const found = this.findArgument(node, value, depth);
    this.known.set(key, found);
    return found;
  }

  private findArgument(node: FunctionNode, value: ValueId, depth: number): WrittenType | null {
    const definition = node.definitions[value];
    if (definition?.kind === "phi" && depth <= deepest)
      return firstFound(definition.phi.inputs, (input) => this.argumentOf(node, input.value, depth + 2));
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
        return (
          this.ofType(node.file, instruction.type, depth) ??
          this.argumentOf(node, instruction.value, depth + 1)
        );
      case "cast":
        return (
          firstArgument(node.file, instruction.type) ?? this.argumentOf(node, instruction.value, depth + 1)
        );
      case "await":
        return this.argumentOf(node, instruction.value, depth + 1);
      case "parameter":
        return this.closedFirst(
          () => this.ofType(node.file, node.graph.parameters[instruction.index]?.type ?? null, depth),
          () => this.madeArgument(node, value, depth),
          () => this.handedArgument(node, instruction.index, depth),
        );
      case "this":
        return this.inheritedArgument(node, depth);
      case "load":
        return instruction.property.kind === "name"
          ? this.loadedArgument(node, value, instruction.object, instruction.property.name, depth)
          : null;
      case "cell-read":
        return this.cellArgument(node.file, instruction.cell, depth);
      case "import-read":
        return this.madeArgument(node, value, depth);
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? null : this.argumentOf(held.node, held.value, depth + 1);
      }
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined ? null : (this.argumentAt(site, depth + 1) ?? this.returnedArgument(site));
      }
      default:
        return null;
    }
  }

  /** The argument that a type is written with, or a class of the program gives the one that it extends. */
  private ofType(file: string, type: TypeReference | null, depth: number): WrittenType | null {
    // `Kysely<Tables> | Transaction<Tables>`, `Repository<Kid> & Extra`
    if ((type?.kind === "union" || type?.kind === "intersection") && depth <= deepest)
      return firstFound(type.members, (member) => this.ofType(file, member, depth + 1));
    const own = firstArgument(file, type);
    if (own !== null || type?.kind !== "named" || depth > deepest) return own;
    for (const key of this.types.declarationsOf(file, type.name)) {
      const home = this.types.classOf(key);
      const found =
        home === null ? this.ofAlias(key, depth + 1) : this.ofType(home.file, home.graph.extends, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** `type PupilSocket = Socket<PupilEvents>`, `interface Kids extends Model<Kid>` */
  private ofAlias(key: string, depth: number): WrittenType | null {
    const hash = key.indexOf("#");
    const file = key.slice("file:".length, hash);
    const declared = key.startsWith("file:")
      ? this.pointsTo.program.graphOf(file)?.types.find(({ name }) => name === key.slice(hash + 1))
      : undefined;
    return declared === undefined
      ? null
      : firstFound([declared.type, ...declared.extends], (each) => this.ofType(file, each, depth));
  }

  private inheritedArgument(node: FunctionNode, depth: number): WrittenType | null {
    const home = this.pointsTo.program.homeClass(node);
    return home === undefined ? null : this.ofType(home.file, home.graph.extends, depth);
  }

  /** Of a package's object, the one that it was made with: also one that a callback is given (`transaction((tx) => …)`). */
  private madeArgument(node: FunctionNode, value: ValueId, depth: number): WrittenType | null {
    for (const object of this.pointsTo.valuesOf(node, value)) {
      const made =
        object.kind === "foreign" && object.site !== null ? this.pointsTo.sites.get(object.site) : undefined;
      const found = made === undefined ? null : this.argumentAt(made, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  private cellArgument(file: string, cell: string, depth: number): WrittenType | null {
    for (const writer of this.writers.ofCell(file, cell)) {
      const found = this.argumentOf(writer.node, writer.value, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  private returnedArgument(site: CallSite): WrittenType | null {
    for (const edge of site.edges.values()) {
      const found = firstArgument(edge.callee.file, edge.callee.graph.returnType);
      if (found !== null) return found;
    }
    return null;
  }

  private loadedArgument(
    node: FunctionNode,
    value: ValueId,
    object: ValueId,
    name: string,
    depth: number,
  ): WrittenType | null {
    const isOfThis = definitionOf(node, originOf(node, object))?.kind === "this";
    const holders = isOfThis
      ? this.receiversIn(node)
      : [...this.pointsTo.valuesOf(node, object)].filter((each) => each.kind === "instance");
    return this.closedFirst(
      // `service.users`, where the service's class types the field.
      () => (isOfThis ? null : firstFound(holders, (each) => this.fields.of(each.class, name))),
      () => this.memberArgument(node, name),
      () => this.givenArgument(this.receiversIn(node).map((each) => this.fields.of(each.class, name))),
      () => (depth > deepest ? null : this.keptArgument(holders, name, depth)),
      () => this.madeArgument(node, value, depth),
      () => this.argumentOf(node, object, depth + 1),
    );
  }

  /** `this.users`, typed as a field or a constructor's parameter property. */
  private memberArgument(node: FunctionNode, name: string): WrittenType | null {
    const method = this.methodAround(node);
    const home = method === undefined ? undefined : this.pointsTo.program.homeClass(method);
    return home === undefined ? null : this.fields.of(home, name);
  }

  /** The first that says whose rows it is about; else what only leaves that open. */
  private closedFirst(...ways: readonly (() => WrittenType | null)[]): WrittenType | null {
    let open: WrittenType | null = null;
    for (const way of ways) {
      const found = way();
      if (found !== null && !this.fields.isOpen(found)) return found;
      open ??= found;
    }
    return open;
  }

  /**
   * What fields and parameters were given where the object was made, or the function called, if it is the same
   * everywhere: their own types leave open whose rows they are about.
   */
  private givenArgument(found: readonly (WrittenType | null)[]): WrittenType | null {
    const [first = null, ...others] = found.filter((each) => each !== null && !this.fields.isOpen(each));
    const isOne = others.every((each) => each !== null && first !== null && isSameType(each, first));
    return isOne ? first : null;
  }

  /** `super(kids)`, `upsert(kids, row)` */
  private handedArgument(node: FunctionNode, index: number, depth: number): WrittenType | null {
    if (depth > deepest) return null;
    const given = this.pointsTo.callersOf(node).flatMap(({ site: { caller, instruction }, shape }) => {
      const isPlain = shape === "call" || shape === "construct" || shape === "super";
      const isCall = instruction.kind === "call" || instruction.kind === "super-call";
      if (!isPlain || !isCall || instruction.arguments.some(({ spread }) => spread)) return [];
      const operand = instruction.arguments[index];
      return operand === undefined ? [] : [this.argumentOf(caller, operand.value, depth + 3)];
    });
    return this.givenArgument(given);
  }

  /** Of what an object of the class holds: what the constructor put there. */
  private keptArgument(holders: readonly Instance[], name: string, depth: number): WrittenType | null {
    return this.givenArgument(
      holders.flatMap((holder) =>
        this.writers.ofField(holder, name).map(({ node, value }) => this.argumentOf(node, value, depth + 3)),
      ),
    );
  }

  /** The objects on which the method around a function runs. */
  private receiversIn(node: FunctionNode): readonly Instance[] {
    const method = this.methodAround(node);
    if (method === undefined) return [];
    return this.pointsTo.receiverNode(method).list.filter((value) => value.kind === "instance");
  }

  private methodAround(node: FunctionNode): FunctionNode | undefined {
    let scope: FunctionNode | undefined = node;
    while (scope !== undefined && scope.graph.class === null)
      scope =
        scope.graph.parent === null ? undefined : this.pointsTo.program.functionIn(scope, scope.graph.parent);
    return scope;
  }

  /** A name that the class or the function around leaves open, as it is meant where the function runs. */
  private closed(node: FunctionNode, written: WrittenType | null): WrittenType | null {
    if (written === null || !this.fields.isOpen(written)) return written;
    const method = this.methodAround(node);
    const home = method === undefined ? undefined : this.pointsTo.program.homeClass(method);
    const ofClass =
      home === undefined
        ? null
        : this.givenArgument(
            this.receiversIn(node).map((holder) => this.fields.on(holder.class, home, written)),
          );
    return ofClass ?? this.ofClassGiven(node, written) ?? written;
  }

  /** `entity: EntityTarget<T>`: the class that is handed over says what the name means. */
  private ofClassGiven(node: FunctionNode, { type }: WrittenType): WrittenType | null {
    let scope: FunctionNode | undefined = node;
    while (scope !== undefined) {
      const around: FunctionNode = scope;
      const found = around.graph.parameters.flatMap((parameter, index) =>
        type.kind === "named" && mentions(parameter.type, type.name) ? this.classesIn(around, index) : [],
      );
      const given = this.givenArgument(found);
      if (given !== null) return given;
      scope =
        around.graph.parent === null
          ? undefined
          : this.pointsTo.program.functionIn(around, around.graph.parent);
    }
    return null;
  }

  private classesIn(node: FunctionNode, index: number): readonly WrittenType[] {
    return this.pointsTo
      .parameterNode(node, index)
      .list.flatMap((value): WrittenType[] =>
        value.kind === "class"
          ? [{ file: value.class.file, type: { kind: "named", name: value.class.graph.name, arguments: [] } }]
          : [],
      );
  }
}

function isSameType(one: WrittenType, other: WrittenType): boolean {
  return one.file === other.file && JSON.stringify(one.type) === JSON.stringify(other.type);
}

/** `Type<T>` */
function mentions(type: TypeReference | null, name: string): boolean {
  return type?.kind === "named" && type.arguments.some((each) => each.kind === "named" && each.name === name);
}

/** The first argument that may describe a row: `prepare<[number], Child>` says before what it is given. */
function rowType(list: readonly TypeReference[]): TypeReference | undefined {
  return list.find(({ kind }) => kind !== "tuple") ?? list[0];
}

export function firstArgument(file: string, type: TypeReference | null): WrittenType | null {
  if (type?.kind !== "named") return null;
  const first = rowType(type.arguments);
  if (first === undefined) return null;
  return type.name === "Promise" ? firstArgument(file, first) : { file, type: first };
}
