/**
 * Objects whose own closures lie somewhere else: `this.ticks.push(() => this.draw())`, `this.on("enter", (name) => …)`.
 * What such a closure changes in the object that it has captured is written below the list or the listeners it was
 * called from; here it finds the object again.
 */
import { isModelsOwn } from "../../contracts/models-own.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isElement } from "../points-to/alias-names.js";
import { receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { componentMeets, isSlot } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";
import { valuesInSlot } from "../points-to/slot-values.js";

export interface OwnedPart {
  readonly base: Base;
  readonly components: readonly string[];
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
  const slotAt = components.findIndex(isSlot);
  if (slotAt <= 0 || slotAt === components.length - 1 || (base < 0 && base !== receiver)) return none;
  const roots = base === receiver ? pointsTo.receiverNode(node).values : pointsTo.valuesOf(node, base);
  const levels = levelsOf(pointsTo, [...roots], components.slice(0, slotAt));
  let rest = components.slice(slotAt + 1);
  let captured = valuesInSlot(pointsTo, levels.at(-1) ?? none, components[slotAt] ?? "") ?? new Set();
  if (rest[0] === "<box>") {
    captured = new Set([...captured].flatMap((box) => [...pointsTo.fieldNode(box, "<box>").values]));
    rest = rest.slice(1);
  }
  const owners: readonly AbstractValue[] = [...captured].filter(
    (each) =>
      each.kind === "instance" || each.kind === "object" || (each.kind === "foreign" && each.site !== null),
  );
  if (owners.length === 0 || rest.length === 0 || rest.some(isSlot)) return none;
  const isOwner = (value: AbstractValue): boolean => owners.includes(value);
  const found = levels
    .slice(0, -1)
    .flatMap((level, length): OwnedPart[] =>
      level.some(isOwner) ? [{ base, components: [...components.slice(0, length), ...rest] }] : [],
    );
  return found.length > 0
    ? found
    : ownersIn(pointsTo, node, isOwner).map((owner) => ({ base: owner, components: rest }));
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
    else levels.push((from ?? none).flatMap((object) => partsOf(pointsTo, object, component, place ?? "")));
  });
  return levels;
}

function partsOf(
  pointsTo: PointsTo,
  object: AbstractValue,
  component: string,
  place: string,
): readonly AbstractValue[] {
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

/** Values of a function that it makes itself, or is given, and that may be the owner. */
function ownersIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  isOwner: (value: AbstractValue) => boolean,
): readonly Base[] {
  return node.code.flatMap((instruction) =>
    (instruction.kind === "call" && instruction.new) ||
    instruction.kind === "object" ||
    instruction.kind === "array" ||
    instruction.kind === "parameter"
      ? [...pointsTo.valuesOf(node, instruction.out)].some(isOwner)
        ? [instruction.out]
        : []
      : [],
  );
}
