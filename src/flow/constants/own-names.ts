/**
 * The names that a key may be which a loop takes from an object itself: `for (const key of Object.keys(fields))`,
 * `for (const key in fields)`, `Object.keys(fields).forEach((key) => …)`. Told where the object is a literal of the
 * program's own that gets no properties whose names are not written down.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite } from "../models/address-values.js";
import { capturedFrom } from "../program/captured-from.js";
import type { Context } from "../contexts/context.js";
import type { ContextValues } from "../contexts/context-values.js";
import { filledObjects } from "../heap/filled-objects.js";
import { placeOf } from "./key-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isToldInFull } from "../points-to/property-keys.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { writersOf } from "../points-to/writers.js";

/** A value that a key is taken from, in the function where it is known, and the run of that function. */
interface Keyed {
  readonly node: FunctionNode;
  readonly object: ValueId;
}

const mostNames = 24;
/** Values of one function that are told apart by number. */
const mostValues = 2 ** 24;
const deepest = 6;

export class OwnNames {
  private readonly sources = new WeakMap<FunctionNode, Map<ValueId, Keyed | null>>();
  private readonly answers = new Map<Context, Map<number, readonly string[] | null>>();
  private readonly literals = new Map<AbstractValue, readonly string[] | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** The names that a key may be in one run of its function; null where that is not told. */
  ofKey(node: FunctionNode, context: Context, key: ValueId): readonly string[] | null {
    let ofContext = this.answers.get(context);
    if (ofContext === undefined)
      this.answers.set(context, (ofContext = new Map<number, readonly string[] | null>()));
    const id = node.index * mostValues + key;
    let found = ofContext.get(id);
    if (found === undefined) ofContext.set(id, (found = this.find(node, context, key)));
    return found;
  }

  private find(node: FunctionNode, context: Context, key: ValueId): readonly string[] | null {
    const source = this.sourceOf(node, key);
    if (source === null || !isToldInFull(this.pointsTo, source.node, source.object, 0)) return null;
    const objects = this.objectsOf(node, context, source);
    if (objects === null || objects.size === 0) return null;
    const names = new Set<string>();
    for (const object of objects) {
      const own = this.ofLiteral(object);
      if (own === null) return null;
      for (const name of own) names.add(name);
    }
    return names.size === 0 || names.size > mostNames ? null : [...names];
  }

  private objectsOf(
    node: FunctionNode,
    context: Context,
    { node: owner, object }: Keyed,
  ): ReadonlySet<AbstractValue> | null {
    if (owner === node) return this.values.valuesIn(context, node, object);
    const slot = this.slotOf(node, owner, object);
    return (slot === null ? undefined : context.slots.get(slot)) ?? this.pointsTo.valuesOf(owner, object);
  }

  /** The slot of a closure that holds a value of the function that made it. */
  private slotOf(node: FunctionNode, owner: FunctionNode, object: ValueId): number | null {
    const wanted = originOf(owner, object);
    for (const made of owner.code) {
      if (made.kind !== "function" || made.function !== node.graph.id) continue;
      const slot = made.captures.findIndex((captured) => originOf(owner, captured) === wanted);
      return slot === -1 ? null : slot;
    }
    return null;
  }

  private sourceOf(node: FunctionNode, key: ValueId): Keyed | null {
    const { value, isPair } = placeOf(node, key);
    let known = this.sources.get(node);
    if (known === undefined) this.sources.set(node, (known = new Map<ValueId, Keyed | null>()));
    const id = value * 2 + (isPair ? 1 : 0);
    let found = known.get(id);
    if (found === undefined) known.set(id, (found = this.findSource(node, value, isPair)));
    return found;
  }

  private findSource(node: FunctionNode, value: ValueId, isPair: boolean): Keyed | null {
    const definition = definitionOf(node, value);
    if (definition?.kind === "iterate")
      return definition.mode === "in"
        ? isPair
          ? null
          : { node, object: definition.object }
        : this.listedFrom(node, definition.object, isPair, 0);
    if (definition?.kind !== "parameter" || definition.index !== 0) return null;
    const [edge, ...others] = this.pointsTo.callbacksOf(node);
    if (edge === undefined || others.length > 0 || this.pointsTo.callersOf(node).length > 0) return null;
    const { instruction, caller } = edge.site;
    const { receiver } = operandsOfSite(edge.site);
    return instruction.kind === "call" &&
      receiver !== null &&
      /\.(?:forEach|map|filter|flatMap|some|every)$/u.test(instruction.name)
      ? this.listedFrom(caller, receiver, isPair, 0)
      : null;
  }

  /** The object whose keys (or pairs) a list holds. */
  private listedFrom(node: FunctionNode, list: ValueId, isPair: boolean, depth: number): Keyed | null {
    const value = originOf(node, list);
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction, point } = definition;
    if (instruction.kind === "capture") {
      const captured = capturedFrom(this.pointsTo, node, instruction.slot);
      return captured === null ? null : this.listedFrom(captured.node, captured.value, isPair, depth + 1);
    }
    if (instruction.kind !== "call") return null;
    const site = this.pointsTo.findSite(node, point);
    const [callee, ...others] = site?.foreign ?? [];
    const [given] = instruction.arguments;
    if (callee === undefined || others.length > 0 || given === undefined || given.spread) return null;
    const isWanted =
      callee.module === "global" &&
      callee.path[0] === "Object" &&
      callee.path[1] === (isPair ? "entries" : "keys") &&
      (site?.edges.size ?? 0) === 0;
    return isWanted ? { node, object: given.value } : null;
  }

  private ofLiteral(object: AbstractValue): readonly string[] | null {
    let names = this.literals.get(object);
    if (names === undefined) this.literals.set(object, (names = this.findNames(object)));
    return names;
  }

  private findNames(object: AbstractValue): readonly string[] | null {
    if (object.kind !== "object" || object.array || !/^\d+:\d+$/u.test(object.site)) return null;
    if (filledObjects(this.pointsTo).has(object)) return null;
    return [
      ...new Set(
        writersOf(this.pointsTo)
          .ofObject(object)
          .map(({ name }) => name),
      ),
    ];
  }
}
