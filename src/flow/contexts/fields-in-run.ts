/**
 * Fields that an object of an own class is given once, where it is made, and that nobody sets anew: the `verbose` of
 * `new Reporter({ verbose: false })` is what this construction says, in every run of the object's methods.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { Constant } from "../constants/constant-operations.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import { isChangedByOthers } from "../heap/changed-by-others.js";
import { isDeletedFrom } from "../heap/literal-members.js";
import { isFilledBeside } from "../heap/filled-objects.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isHadByOthers } from "../points-to/classes-had-by-others.js";
import { isToldInFull } from "../points-to/property-keys.js";
import { writersOf } from "../points-to/writers.js";
import type { Writer } from "../points-to/writers.js";
import { chainOf } from "../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { Constructions } from "./constructions.js";
import type { ContextValues } from "./context-values.js";
import { LiteralsInRun } from "./literals-in-run.js";
import type { Evaluate } from "./literals-in-run.js";

type Instance = Extract<AbstractValue, { kind: "instance" }>;
type Static = Extract<AbstractValue, { kind: "class" }>;
type StaticWriter = Pick<Writer, "node" | "value">;
type Stored = Pick<Writer, "node" | "object">;

/** Objects that a field is asked of. */
const mostObjects = 8;

export class FieldsInRun {
  private readonly givers = new Map<string, Writer | null>();
  private readonly constructions: Constructions;
  private readonly openNames = new Map<string, boolean>();
  private stores: ReadonlyMap<string, readonly Stored[]> | null = null;
  private storesOf = 0;
  private statics: ReadonlyMap<string, readonly StaticWriter[]> | null = null;
  private decorated: ReadonlySet<ClassNode> | null = null;

  private readonly literals: LiteralsInRun;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {
    this.constructions = new Constructions(pointsTo, values);
    this.literals = new LiteralsInRun(pointsTo, values);
  }

  /** The one constant that the field is in all objects that it may be read from. */
  constantAt(
    node: FunctionNode,
    { object, property }: Pick<InstructionOf<"load">, "object" | "property">,
    context: Context,
    evaluate: Evaluate,
  ): Constant | null {
    if (property.kind !== "name") return null;
    const { name } = property;
    const made = originOf(node, object);
    const definition = definitionOf(node, made);
    if (definition?.kind === "object")
      return this.isWrittenAnywhere(name)
        ? null
        : this.literals.constantIn({ node, made, name, context }, evaluate);
    const own = this.commonOf(this.objectsAt(node, object, context), (each) =>
      this.constantOf(each, name, evaluate),
    );
    if (own !== null || definition?.kind !== "load" || definition.property.kind !== "name") return own;
    const holder = definition.property.name;
    return this.isWrittenAnywhere(name)
      ? null
      : this.commonOf(this.objectsAt(node, definition.object, context), (each) =>
          this.constantBelow(each, holder, name, evaluate),
        );
  }

  /** The objects of own classes that a value may be, if that is all that it may be. */
  receiversAt(node: FunctionNode, object: ValueId, context: Context): ReadonlySet<AbstractValue> | null {
    const objects = this.objectsAt(node, object, context);
    return objects === null || objects.length === 0 ? null : new Set(objects);
  }

  private commonOf(
    objects: readonly (Instance | Static)[] | null,
    constantOf: (object: Instance | Static) => Constant | null,
  ): Constant | null {
    if (objects === null || objects.length > mostObjects) return null;
    let common: Constant | null = null;
    for (const each of objects) {
      const constant = constantOf(each);
      if (constant === null || (common !== null && constant.value !== common.value)) return null;
      common = constant;
    }
    return common;
  }

  /** `this.options.redact`, where the constructor makes the options: `this.options = { redact: true, ...options }`. */
  private constantBelow(
    object: Instance | Static,
    holder: string,
    name: string,
    evaluate: Evaluate,
  ): Constant | null {
    if (object.kind === "class" || this.pointsTo.isShared(object)) return null;
    const giver = this.giverOf(object, holder);
    if (giver === null) return null;
    const { node } = giver;
    const made = originOf(node, giver.value);
    const context = this.constructions.of(object, node, evaluate);
    return context === null || definitionOf(node, made)?.kind !== "object"
      ? null
      : this.literals.constantIn({ node, made, name, context }, evaluate);
  }

  private objectsAt(
    node: FunctionNode,
    object: ValueId,
    context: Context,
  ): readonly (Instance | Static)[] | null {
    const told = context === noContext ? null : this.values.valuesIn(context, node, object);
    const all = this.pointsTo.valuesOf(node, object);
    const isOwn = isThis(node, object);
    if (told === null || told === all) {
      if (!isOwn && !areAllKnown(this.pointsTo, context, node, object)) return null;
      if (!isToldInFull(this.pointsTo, node, object, 0)) return null;
    }
    const found: (Instance | Static)[] = [];
    for (const value of told ?? all) {
      if (value.kind !== "class" && !this.isMadeHere(value)) return null;
      // Who has the type may hand over an object that came from outside, with other fields.
      if (!isOwn && this.pointsTo.isShared(value)) return null;
      found.push(value);
    }
    return found;
  }

  /** The program itself constructs it: what a package makes of data has the fields that the data has. */
  private isMadeHere(value: AbstractValue): value is Instance {
    if (value.kind !== "instance" || value.site === null) return false;
    const [owner = "", point = ""] = value.site.split(":");
    const made = this.pointsTo.program.functions[Number(owner)]?.code[Number(point)];
    return made?.kind === "call" && made.new;
  }

  private constantOf(object: Instance | Static, name: string, evaluate: Evaluate): Constant | null {
    if (object.kind === "class") return this.constantOfClass(object, name, evaluate);
    const giver = this.giverOf(object, name);
    if (giver === null) return null;
    // Another of its class may be in its place, which was made elsewhere.
    const context = this.standsForOthers(object)
      ? noContext
      : this.constructions.of(object, giver.node, evaluate);
    return context === null ? null : evaluate(giver.node, giver.value, context);
  }

  private standsForOthers(object: Instance): boolean {
    const { pointsTo } = this;
    if (!pointsTo.isShared(object)) return false;
    return pointsTo.instancesOf(object.class).length > 1 || isHadByOthers(pointsTo, object.class);
  }

  /** `static readonly debug = false` */
  private constantOfClass(object: Static, name: string, evaluate: Evaluate): Constant | null {
    const [only, ...others] = this.staticWriters().get(`${String(object.id)}.${name}`) ?? [];
    if (only === undefined || others.length > 0 || this.decoratedClasses().has(object.class)) return null;
    if (only.node !== object.class.owner || this.isWrittenAnywhere(name)) return null;
    if (isChangedByOthers(this.pointsTo, object)) return null;
    if (isFilledBeside(this.pointsTo, object, name) || isDeletedFrom(this.pointsTo, object, name))
      return null;
    return evaluate(only.node, only.value, noContext);
  }

  private staticWriters(): ReadonlyMap<string, readonly StaticWriter[]> {
    if (this.statics !== null) return this.statics;
    const found = new Map<string, StaticWriter[]>();
    for (const node of this.pointsTo.program.functions)
      for (const each of node.code) {
        if (each.kind !== "store" || each.property.kind !== "name") continue;
        for (const object of this.pointsTo.valuesOf(node, each.object)) {
          if (object.kind !== "class") continue;
          const key = `${String(object.id)}.${each.property.name}`;
          const list = found.get(key);
          if (list === undefined) found.set(key, [{ node, value: each.value }]);
          else list.push({ node, value: each.value });
        }
      }
    return (this.statics = found);
  }

  /** The store that gives the object its field where it is made, if there is no other. */
  private giverOf(object: Instance, name: string): Writer | null {
    const key = `${String(object.id)}.${name}`;
    let giver = this.givers.get(key);
    if (giver === undefined) this.givers.set(key, (giver = this.findGiver(object, name)));
    return giver;
  }

  private findGiver(object: Instance, name: string): Writer | null {
    const { pointsTo } = this;
    if (isChangedByOthers(pointsTo, object) || this.isSetByOthers(object.class, name)) return null;
    const [first, ...others] = writersOf(pointsTo).ofField(object, name);
    if (first === undefined || !others.every((other) => isSameStore(other, first))) return null;
    if (!isGivenWhenMade(first)) return null;
    if (isFilledBeside(pointsTo, object, name) || isDeletedFrom(pointsTo, object, name)) return null;
    return this.isWrittenAnywhere(name) || !this.isGivenFirst(object.class, first.node) ? null : first;
  }

  /** A framework sets the fields of its components, and what a package's class does to its heirs is not seen. */
  private isSetByOthers(start: ClassNode, name: string): boolean {
    return chainOf(this.pointsTo, start).some(
      (each) =>
        each.kind !== "class" ||
        this.decoratedClasses().has(each.class) ||
        each.class.graph.members.some(
          (member) =>
            !member.static &&
            member.kind !== "field" &&
            (member.name.kind !== "name" || member.name.name === name),
        ),
    );
  }

  /** No constructor of a class above runs something with the object, which does not have the field yet. */
  private isGivenFirst(start: ClassNode, giver: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(giver);
    const chain = chainOf(this.pointsTo, start).flatMap((each) =>
      each.kind === "class" ? [each.class] : [],
    );
    const from = chain.findIndex((each) => each === home);
    if (from === -1) return false;
    const makers = chain.slice(from).flatMap((each) => {
      const { constructorFunction, fieldInitializer } = each.graph;
      return [
        each === home && giver.graph.kind === "field-initializer" ? null : fieldInitializer,
        each === home ? null : constructorFunction,
      ].flatMap((id) => (id === null ? [] : [this.pointsTo.program.memberOf(each, id)]));
    });
    return makers.every((maker) => maker !== undefined && isAlone(maker, maker.code));
  }

  private decoratedClasses(): ReadonlySet<ClassNode> {
    if (this.decorated !== null) return this.decorated;
    const found = new Set<ClassNode>();
    for (const node of this.pointsTo.program.functions)
      for (const each of node.code) {
        if (each.kind !== "call" || each.decorates === undefined) continue;
        const home = this.pointsTo.program.classIn(node, each.decorates.class);
        if (home !== undefined) found.add(home);
      }
    return (this.decorated = found);
  }

  /** Of all properties, where they are written but where an object is made. */
  private storesByName(): ReadonlyMap<string, readonly Stored[]> {
    const { functions } = this.pointsTo.program;
    // Functions may still be copied for their calls.
    if (this.stores !== null && this.storesOf === functions.length) return this.stores;
    const found = new Map<string, Stored[]>();
    for (const node of functions)
      for (const each of node.code) {
        if (each.kind !== "store" || each.initial || each.property.kind !== "name") continue;
        const known = found.get(each.property.name);
        if (known === undefined) found.set(each.property.name, [{ node, object: each.object }]);
        else known.push({ node, object: each.object });
      }
    this.storesOf = functions.length;
    return (this.stores = found);
  }

  /** Somebody writes the property of an object of which it is not known which it is. */
  private isWrittenAnywhere(name: string): boolean {
    let isOpen = this.openNames.get(name);
    if (isOpen === undefined) {
      isOpen = (this.storesByName().get(name) ?? []).some(
        ({ node, object }) => !isThis(node, object) && !areAllKnown(this.pointsTo, noContext, node, object),
      );
      this.openNames.set(name, isOpen);
    }
    return isOpen;
  }
}

/** Functions that are looked at once more for some calls have the stores of the one that they are copies of. */
function isSameStore(one: Writer, other: Writer): boolean {
  return one.node.closureIndex === other.node.closureIndex && one.point === other.point;
}

/** By a field's initialiser, or by the constructor in all its runs, before it hands the object to anybody. */
function isGivenWhenMade({ node, point, object }: Writer): boolean {
  if (definitionOf(node, object)?.kind !== "this") return false;
  if (!isAlone(node, node.code.slice(0, point))) return false;
  return (
    node.graph.kind === "field-initializer" ||
    (node.graph.kind === "constructor" && isOnEveryWay(node, point))
  );
}

function isOnEveryWay(node: FunctionNode, point: number): boolean {
  const block = node.blockOf[point];
  const dominators = dominatorsOf(node);
  return (
    block !== undefined &&
    node.graph.blocks.every(
      ({ end }, position) => end.kind !== "return" || dominators[position]?.has(block) === true,
    )
  );
}

/** Nothing runs in so much of a function that has the object already. */
function isAlone(node: FunctionNode, code: readonly Instruction[]): boolean {
  return code.every((each) => {
    if (each.kind !== "call") return true;
    const operands = [each.receiver, ...each.arguments.map(({ value }) => value)];
    return operands.every((operand) => operand === null || !isThis(node, operand));
  });
}

/** `this`, here or as an arrow function has captured it. */
function isThis(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "capture") return node.graph.captures[definition.slot]?.name === "this";
  return definition?.kind === "this";
}
