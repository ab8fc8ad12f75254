/**
 * What values are where methods run on one object: what its constructors were given, and what it holds itself, as
 * against what all objects of its class and of the heirs of its class are given and hold.
 */
import type { ClassMember, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { chainOf } from "../program/class-chain.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { ContextValues } from "./context-values.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { definitionOf } from "../paths/value-places.js";

export type Instance = Extract<AbstractValue, { kind: "instance" }>;

const deepest = 6;

export class InstanceValues {
  private readonly values: ContextValues;
  private readonly readers = new Map<Instance, ReadValues>();

  constructor(private readonly pointsTo: PointsTo) {
    this.values = new ContextValues(pointsTo);
  }

  /** The objects of own classes that a function's `this` may be, also where a callback inside it has taken it over. */
  receiversOf(node: FunctionNode): readonly Instance[] {
    const method = this.methodAround(node);
    return method === null
      ? []
      : [...this.pointsTo.receiverNode(method).values].filter(
          (value): value is Instance => value.kind === "instance" && this.runs(value, method),
        );
  }

  /** The only object whose method this is, in one run of it; null where it may be several. */
  onlyReceiver({
    node,
    context,
  }: {
    readonly node: FunctionNode;
    readonly context: Context;
  }): Instance | null {
    const slot = node.graph.captures.findIndex(({ name }) => name === "this");
    const told = context.receiver ?? context.slots.get(slot);
    const all = told === undefined ? this.receiversOf(node) : [...told];
    const [only] = all;
    return all.length === 1 && only?.kind === "instance" ? only : null;
  }

  /** Whether a value is `this`, here or in the method around it. */
  isThis(node: FunctionNode, value: ValueId): boolean {
    const definition = definitionOf(node, value);
    if (definition?.kind === "capture") return node.graph.captures[definition.slot]?.name === "this";
    return definition?.kind === "this";
  }

  /** What an object has under a name: what its own class, or one that it extends, gives there. */
  memberOf(instance: Instance, name: string): ReadonlySet<AbstractValue> {
    const { pointsTo } = this;
    const read = this.reader(instance);
    const chain = chainOf(pointsTo, instance.class).flatMap((each) =>
      each.kind === "class" ? [each.class] : [],
    );
    for (const home of chain) {
      const getter = home.graph.members.find(
        (each) => each.kind === "getter" && isNamed(each, name),
      )?.function;
      const run = getter == null ? undefined : pointsTo.program.memberOf(home, getter);
      if (run !== undefined) return new Set(returnedBy(run).flatMap((value) => [...read(run, value)]));
      const put = [home.graph.constructorFunction, home.graph.fieldInitializer].flatMap((id) => {
        const node = id === null ? undefined : pointsTo.program.memberOf(home, id);
        return node === undefined ? [] : putUnder(node, name).map((value) => [node, value] as const);
      });
      if (put.length > 0) return new Set(put.flatMap(([node, value]) => [...read(node, value)]));
    }
    return new Set(pointsTo.fieldNode(instance, name).values);
  }

  reader(instance: Instance): ReadValues {
    let reader = this.readers.get(instance);
    if (reader === undefined) this.readers.set(instance, (reader = this.makeReader(instance)));
    return reader;
  }

  private makeReader(instance: Instance): ReadValues {
    const chain = new Set(
      chainOf(this.pointsTo, instance.class).flatMap((each) => (each.kind === "class" ? [each.class] : [])),
    );
    const contexts = new Map<FunctionNode, Context>();
    let depth = 0;
    const read: ReadValues = (node, value) => {
      let context = contexts.get(node);
      if (context === undefined) {
        // While it is found out what a constructor is given, nothing more is known of it.
        contexts.set(node, noContext);
        depth++;
        context = depth > deepest ? noContext : this.contextOf(instance, chain, node, read);
        depth--;
        contexts.set(node, context);
      }
      return this.values.valuesIn(context, node, value) ?? this.pointsTo.valuesOf(node, value);
    };
    return read;
  }

  private contextOf(
    instance: Instance,
    chain: ReadonlySet<ClassNode>,
    node: FunctionNode,
    read: ReadValues,
  ): Context {
    const method = this.methodAround(node);
    const home = method === null ? undefined : this.pointsTo.program.homeClass(method);
    if (home === undefined || !chain.has(home)) return noContext;
    const self = new Set([instance]);
    const slots = new Map(
      node.graph.captures.flatMap(({ name }, slot) => (name === "this" ? [[slot, self] as const] : [])),
    );
    const isConstructor = node.graph.kind === "constructor";
    const parameters = isConstructor
      ? this.givenTo(instance, chain, node, read)
      : new Map<number, ReadonlySet<AbstractValue>>();
    return { key: `i${String(instance.id)}`, receiver: self, parameters, slots, given: null };
  }

  /** What a constructor is given where the object is made, or where the constructor of an heir hands it on. */
  private givenTo(
    instance: Instance,
    chain: ReadonlySet<ClassNode>,
    constructor: FunctionNode,
    read: ReadValues,
  ): Map<number, ReadonlySet<AbstractValue>> {
    const given = new Map<number, ReadonlySet<AbstractValue>>();
    for (const { site, shape } of this.pointsTo.callersOf(constructor)) {
      const { instruction, caller } = site;
      const isFirst = shape === "construct" && site.id === instance.site;
      const heir = shape === "super" ? this.pointsTo.program.homeClass(caller) : undefined;
      if (!isFirst && (heir === undefined || !chain.has(heir))) continue;
      if (instruction.kind !== "call" && instruction.kind !== "super-call") continue;
      for (const [index, argument] of instruction.arguments.entries()) {
        if (argument.spread) break;
        const values = isFirst
          ? this.pointsTo.valuesOf(caller, argument.value)
          : read(caller, argument.value);
        given.set(index, new Set([...(given.get(index) ?? []), ...values]));
      }
    }
    return given;
  }

  /** The method whose `this` a function has: its own, or that of what stands around it. */
  private methodAround(node: FunctionNode): FunctionNode | null {
    for (let current: FunctionNode | undefined = node; current !== undefined;) {
      if (current.graph.class !== null) return current;
      if (!current.graph.captures.some(({ name }) => name === "this") || current.graph.parent === null)
        return null;
      current = this.pointsTo.program.functionIn(current, current.graph.parent);
    }
    return null;
  }

  /** Not where an heir has a method of its own in its place: another object of a list may have been meant. */
  private runs(instance: Instance, method: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(method);
    if (home === undefined || instance.class === home || method.graph.kind === "constructor") return true;
    const name = method.graph.name.slice(method.graph.name.lastIndexOf(".") + 1);
    const found = this.values.methods(instance, name);
    const isMethod = [...found].some((each) => each.closureIndex === method.closureIndex);
    return found.size === 0 || isMethod || this.isHandedUp(method);
  }

  /** `super.erase()` */
  private isHandedUp(method: FunctionNode): boolean {
    return this.pointsTo.callersOf(method).some(({ site: { caller, instruction } }) => {
      if (instruction.kind !== "call") return false;
      return definitionOf(caller, instruction.callee)?.kind === "super-load";
    });
  }
}

function isNamed({ name }: ClassMember, wanted: string): boolean {
  return name.kind === "name" && name.name === wanted;
}

/** What a constructor, or what sets fields before it, puts under a name of the object that is made. */
function putUnder(node: FunctionNode, name: string): readonly ValueId[] {
  return node.code.flatMap((each) =>
    each.kind === "store" &&
    each.property.kind === "name" &&
    each.property.name === name &&
    definitionOf(node, each.object)?.kind === "this"
      ? [each.value]
      : [],
  );
}

function returnedBy({ graph }: FunctionNode): readonly ValueId[] {
  return graph.blocks.flatMap(({ end }) => (end.kind === "return" && end.value !== null ? [end.value] : []));
}
