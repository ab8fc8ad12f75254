/**
 * Objects whose own closures lie somewhere else: `this.ticks.push(() => this.draw())`, `this.on("enter", (name) => …)`.
 * What such a closure changes in the object that it has captured is written below the list or the listeners it was
 * called from; here it finds the object again.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isElement } from "../points-to/alias-names.js";
import { receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { componentMeets, isPropertyName, isSlot } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";
import { valuesInSlot } from "../points-to/slot-values.js";

export interface OwnedPart {
  readonly base: Base;
  readonly components: readonly string[];
  /**
   * The objects that it may be, where the closures of several lie in one list: it is told once one of these has got
   * something by its closure. Null: it is told at once.
   */
  readonly owners: readonly AbstractValue[] | null;
}

const none: readonly never[] = [];

/**
 * Where else lies what `components` below a value means, if they lead into a closure: below an object on the way to it
 * that it has captured, else below the values of the function that may be the captured object.
 */
export function capturedOwners(
  pointsTo: PointsTo,
  node: FunctionNode,
  base: Base,
  components: readonly string[],
): readonly OwnedPart[] {
  const slotAt = slotLeadingOn(components);
  if (slotAt === 0 && base >= 0 && isElement(components[1] ?? "")) {
    const lists = valuesInSlot(pointsTo, [...pointsTo.valuesOf(node, base)], components[0] ?? "") ?? none;
    return ownersInRests(pointsTo, node, [...lists].filter(isOwner), components.slice(1));
  }
  if (slotAt <= 0 || slotAt === components.length - 1 || (base < 0 && base !== receiver)) return none;
  const roots = base === receiver ? pointsTo.receiverNode(node).values : pointsTo.valuesOf(node, base);
  const levels = levelsOf(pointsTo, [...roots], components.slice(0, slotAt));
  let rest = components.slice(slotAt + 1);
  let captured = valuesInSlot(pointsTo, levels.at(-1) ?? none, components[slotAt] ?? "") ?? new Set();
  if (rest[0] === "<box>") {
    captured = new Set([...captured].flatMap((box) => [...pointsTo.fieldNode(box, "<box>").values]));
    rest = rest.slice(1);
  }
  const owners: readonly AbstractValue[] = [...captured].filter(isOwner);
  if (owners.length === 0 || rest.length === 0 || rest.some(isSlot)) return none;
  const above = levels.slice(0, -1);
  const found = above.flatMap((level, length): readonly OwnedPart[] =>
    level.some((value) => owners.includes(value))
      ? [{ base, components: [...components.slice(0, length), ...rest], owners: null }]
      : none,
  );
  if (found.length > 0) return found;
  // `this.seen = lastOf(this.bus)`: the listener of the one has captured the other.
  const beside = above.flatMap((level, length) =>
    level.flatMap((object) =>
      fieldsWith(pointsTo, object, owners).map(({ name, held }): OwnedPart => ({
        base,
        components: [...components.slice(0, length), name, ...rest],
        owners: told(owners, held),
      })),
    ),
  );
  const here = [...beside, ...ownersIn(pointsTo, node, owners, rest)];
  return here.length > 0 ? here : ownersInRests(pointsTo, node, owners, rest);
}

/** `all(first, second)`, where `...commands` are captured: their list is made by the call, what is in it here. */
function ownersInRests(
  pointsTo: PointsTo,
  node: FunctionNode,
  lists: readonly AbstractValue[],
  [element = "", ...rest]: readonly string[],
): readonly OwnedPart[] {
  if (!isElement(element) || rest.length === 0) return none;
  const owners = new Set(lists.flatMap((list) => partsOf(pointsTo, list, element, "")).filter(isOwner));
  return owners.size === 0 ? none : ownersIn(pointsTo, node, [...owners], rest);
}

function isOwner(each: AbstractValue): boolean {
  return (
    each.kind === "instance" || each.kind === "object" || (each.kind === "foreign" && each.site !== null)
  );
}

/** The slot behind which the object is told; of a closure that has captured a list of closures (`pipe(a, b)`), theirs. */
function slotLeadingOn(components: readonly string[]): number {
  const first = components.findIndex(isSlot);
  if (first !== 0) return first;
  const list = components[1] === "<box>" ? 2 : 1;
  return isElement(components[list] ?? "") ? components.findLastIndex(isSlot) : first;
}

/** The objects at each step of a way, the roots first. */
function levelsOf(
  pointsTo: PointsTo,
  roots: readonly AbstractValue[],
  way: readonly string[],
): readonly (readonly AbstractValue[])[] {
  const levels: (readonly AbstractValue[])[] = [roots];
  way.forEach((component, at) => {
    const isEntered = isModelsOwn(component) && way[at + 1]?.startsWith("=") === true;
    const place = isModelsOwn(way[at - 1] ?? "") && component.startsWith("=") ? way[at - 1] : "";
    // Entries in a place of the models are fields of the object itself.
    const from = place === "" ? levels.at(-1) : levels.at(-2);
    if (isEntered) levels.push(none);
    else {
      // Where chains of calls hold each other's objects, the same parts are met once for each of their holders.
      const parts = new Set<AbstractValue>();
      for (const object of from ?? none)
        for (const part of partsOf(pointsTo, object, component, place ?? "")) parts.add(part);
      levels.push([...parts]);
    }
  });
  return levels;
}

function partsOf(
  pointsTo: PointsTo,
  object: AbstractValue,
  component: string,
  place: string,
): readonly AbstractValue[] {
  if (isSlot(component)) return [...(valuesInSlot(pointsTo, [object], component) ?? none)];
  const fields = pointsTo.fieldsOf(object);
  if (!isElement(component)) {
    const name = place + component;
    return name === "*" ? none : [...(fields.get(name)?.values ?? none)];
  }
  return [...fields].flatMap(([name, field]) => {
    if (name === "*" || !name.startsWith(place)) return [];
    const own = name.slice(place.length);
    return own === component || componentMeets(component, own) ? [...field.values] : [];
  });
}

/** Where a function has what may be an owner: in what it makes itself, is given, or gets from an own function. */
function ownersIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  owners: readonly AbstractValue[],
  rest: readonly string[],
): readonly OwnedPart[] {
  return node.code.flatMap((instruction, point): readonly OwnedPart[] => {
    if (!("out" in instruction) || !having.has(instruction.kind)) return none;
    const base = instruction.out;
    const values = [...pointsTo.valuesOf(node, base)];
    const held = values.filter((value) => owners.includes(value));
    if (instruction.kind !== "call" || instruction.new)
      return held.length > 0 ? [{ base, components: rest, owners: null }] : none;
    if ((pointsTo.findSite(node, point)?.edges.size ?? 0) === 0) return none;
    if (held.length > 0) return [{ base, components: rest, owners: told(owners, held) }];
    // `const { seen, stop } = watch(bus)`
    return values.flatMap((value) =>
      fieldsWith(pointsTo, value, owners).map((field) => ({
        base,
        components: [field.name, ...rest],
        owners: told(owners, field.held),
      })),
    );
  });
}

function told(
  owners: readonly AbstractValue[],
  among: readonly AbstractValue[],
): readonly AbstractValue[] | null {
  return owners.length > 1 ? among : null;
}

const having: ReadonlySet<Instruction["kind"]> = new Set(["object", "array", "parameter", "call"]);

interface HoldingField {
  readonly name: string;
  readonly held: readonly AbstractValue[];
}

/** The names under which an object holds what may be an owner. */
function fieldsWith(
  pointsTo: PointsTo,
  object: AbstractValue,
  owners: readonly AbstractValue[],
): readonly HoldingField[] {
  if (object.kind !== "object" && object.kind !== "instance") return none;
  const found: HoldingField[] = [];
  for (const [name, { values }] of pointsTo.fieldsOf(object)) {
    if (name === "*") continue;
    const held = owners.filter((owner) => values.has(owner));
    if (held.length > 0 && isPropertyName(name)) found.push({ name, held });
  }
  return found;
}
