/** Type arguments as they are written at a call, or where its receiver was made or declared: `Repository<Child>`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { operandsOfSite } from "../models/address-values.js";
import { heldInSlot } from "../program/captured-from.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";
import type { WrittenTypes } from "./written-types.js";

export interface WrittenType {
  readonly file: string;
  readonly type: TypeReference;
}

const deepest = 4;

export class TypeArguments {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly types: WrittenTypes,
  ) {}

  /** The first type argument of a call, or of its receiver; where a property is assigned, of its object. */
  at(site: CallSite): WrittenType | null {
    const { instruction, caller } = site;
    return instruction.kind === "store"
      ? this.argumentOf(caller, instruction.object, 0)
      : this.argumentAt(site, 0);
  }

  /** The same, of something that a call was given. */
  of(node: FunctionNode, value: ValueId): WrittenType | null {
    return this.argumentOf(node, value, 0);
  }

  /** The same on an object of a class: what the class gives those that it extends decides (`extends Rows<Child>`). */
  on(home: ClassNode, { caller, instruction }: CallSite): WrittenType | null {
    let value = instruction.kind === "call" ? instruction.receiver : null;
    for (let hops = 0; value !== null && hops < 12; hops++) {
      const definition = definitionOf(caller, value);
      if (definition?.kind === "load" && definition.property.kind === "name") {
        const found = this.fieldArgument(home, definition.property.name, 0);
        if (found !== null) return found;
        value = definition.object;
      } else value = definition?.kind === "call" ? definition.receiver : null;
    }
    return null;
  }

  private argumentAt(site: CallSite, depth: number): WrittenType | null {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || depth > 12) return null;
    const type = rowType(instruction.typeArguments);
    if (type !== undefined) return { file: caller.file, type };
    const receiver = instruction.new ? instruction.callee : operandsOfSite(site).receiver;
    return receiver === null ? null : this.argumentOf(caller, receiver, depth + 1);
  }

  /** The type argument of a value, where it was made or declared. */
  private argumentOf(node: FunctionNode, value: ValueId, depth: number): WrittenType | null {
    const definition = node.definitions[value];
    if (definition?.kind === "phi" && depth <= 12)
      return firstOf(definition.phi.inputs, (input) => this.argumentOf(node, input.value, depth + 2));
    if (definition?.kind !== "instruction" || depth > 12) return null;
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
        return (
          this.ofType(node.file, node.graph.parameters[instruction.index]?.type ?? null, depth) ??
          this.madeArgument(node, value, depth)
        );
      case "this":
        return this.inheritedArgument(node, depth);
      case "load":
        return instruction.property.kind === "name"
          ? (this.othersArgument(node, instruction.object, instruction.property.name) ??
              this.memberArgument(node, instruction.property.name) ??
              this.madeArgument(node, value, depth) ??
              this.argumentOf(node, instruction.object, depth + 1))
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
    if ((type?.kind === "union" || type?.kind === "intersection") && depth <= 12)
      return firstOf(type.members, (member) => this.ofType(file, member, depth + 1));
    const own = firstArgument(file, type);
    if (own !== null || type?.kind !== "named" || depth > 12) return own;
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
      : firstOf([declared.type, ...declared.extends], (each) => this.ofType(file, each, depth));
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

  /** `service.users`, where the service's class types the field. */
  private othersArgument(node: FunctionNode, object: ValueId, name: string): WrittenType | null {
    if (definitionOf(node, originOf(node, object))?.kind === "this") return null;
    for (const each of this.pointsTo.valuesOf(node, object)) {
      const found = each.kind === "instance" ? this.fieldArgument(each.class, name, 0) : null;
      if (found !== null) return found;
    }
    return null;
  }

  /** `this.users`, typed as a field or a constructor's parameter property. */
  private memberArgument(node: FunctionNode, name: string): WrittenType | null {
    let scope: FunctionNode | undefined = node;
    while (scope !== undefined && scope.graph.class === null)
      scope =
        scope.graph.parent === null ? undefined : this.pointsTo.program.functionIn(scope, scope.graph.parent);
    const home = scope === undefined ? undefined : this.pointsTo.program.homeClass(scope);
    return home === undefined ? null : this.fieldArgument(home, name, 0);
  }

  private fieldArgument(home: ClassNode, name: string, depth: number): WrittenType | null {
    for (const type of this.fieldTypes(home, name)) {
      const found = this.ofType(home.file, type, depth);
      if (found !== null) return found;
    }
    const { extends: base } = home.graph;
    if (base?.kind !== "named" || depth > deepest) return null;
    const [given, ...more] = base.arguments;
    for (const key of this.types.declarationsOf(home.file, base.name)) {
      const inherited = this.pointsTo.program.classes.find(
        (each) => `file:${each.file}#${each.graph.name}` === key && each !== home,
      );
      const found = inherited === undefined ? null : this.fieldArgument(inherited, name, depth + 1);
      if (found === null) continue;
      // `Collection<T>` of a base class means what the class gives it: `extends Store<Child>`.
      const isOpen =
        found.type.kind === "named" && this.types.declarationsOf(found.file, found.type.name).length === 0;
      if (!isOpen) return found;
      return given === undefined || more.length > 0 ? null : { file: home.file, type: given };
    }
    return null;
  }

  /** Types of a field, or of a constructor's parameter property. */
  private fieldTypes(home: ClassNode, name: string): readonly (TypeReference | null)[] {
    const made =
      home.graph.constructorFunction === null
        ? undefined
        : this.pointsTo.program.memberOf(home, home.graph.constructorFunction);
    return [
      ...home.graph.members.flatMap((member) =>
        member.name.kind === "name" && member.name.name === name ? [member.type] : [],
      ),
      made?.graph.parameters.find((parameter) => parameter.property && parameter.name === name)?.type ?? null,
    ];
  }
}

function firstOf<Item>(items: readonly Item[], ask: (item: Item) => WrittenType | null): WrittenType | null {
  for (const item of items) {
    const found = ask(item);
    if (found !== null) return found;
  }
  return null;
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
