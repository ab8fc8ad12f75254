/**
 * Objects that somebody changes once they are made. Where a variable or a property gets another object, nothing is
 * written into the one that stood there before. It is asked of what closures have captured; other names of an object
 * are told of a write whatever is known here.
 */
import type { ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { operandsAt } from "./address-values.js";
import { componentMeets, isHidden, isRound, somewhere } from "./path-components.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { isSlot, slotNumber, slotOf } from "./slots.js";
import { definitionOf } from "./value-places.js";

interface Changes {
  /** By the names that are written. */
  readonly named: ReadonlyMap<AbstractValue, ReadonlySet<string>>;
  /** Objects of which any property may be written. */
  readonly any: ReadonlySet<AbstractValue>;
}

const known = new WeakMap<PointsTo, Changes>();

/** Some object on the way below these may have been written into, at the way's next component. */
export function mayBeChanged(
  pointsTo: PointsTo,
  objects: Iterable<AbstractValue>,
  components: readonly string[],
): boolean {
  const changes = changesOf(pointsTo);
  let reached = [...objects];
  for (const component of components) {
    if (reached.length === 0 || isRound(component) || component === somewhere) return true;
    const next = new Set<AbstractValue>();
    for (const object of reached) {
      if (object.kind === "constant" || object.kind === "computed") continue;
      const parts = isChangedAt(changes, object, component) ? null : partsOf(pointsTo, object, component);
      if (parts === null) return true;
      for (const part of parts) next.add(part);
    }
    reached = [...next];
    // Data that is no object is written where it is put.
    if (reached.length === 0) return false;
  }
  return false;
}

function isChangedAt({ named, any }: Changes, object: AbstractValue, component: string): boolean {
  if (any.has(object)) return true;
  return [...(named.get(object) ?? [])].some(
    (name) => name === component || componentMeets(component, name) || componentMeets(name, component),
  );
}

/** What lies there; null where that is not known. */
function partsOf(
  pointsTo: PointsTo,
  object: AbstractValue,
  component: string,
): readonly AbstractValue[] | null {
  if (object.kind === "function") {
    const slot = isSlot(component) ? slotNumber(component) : NaN;
    if (Number.isNaN(slot)) return null;
    return component === slotOf(object.function, slot)
      ? [...pointsTo.slotNode(object.function, slot).values]
      : [];
  }
  if (object.kind !== "object" && object.kind !== "instance") return null;
  if (component !== "<box>" && isHidden(component)) return null;
  return [...pointsTo.fieldsOf(object)].flatMap(([name, field]) =>
    name === component ||
    (name !== "*" && (componentMeets(component, name) || componentMeets(name, component)))
      ? [...field.values]
      : [],
  );
}

function changesOf(pointsTo: PointsTo): Changes {
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = findChanges(pointsTo)));
  return found;
}

function findChanges(pointsTo: PointsTo): Changes {
  const named = new Map<AbstractValue, Set<string>>();
  const any = new Set<AbstractValue>();
  const change = (node: FunctionNode, value: ValueId, name: string | null): void => {
    for (const object of pointsTo.valuesOf(node, value)) {
      if (name === null) any.add(object);
      else {
        const names = named.get(object);
        if (names === undefined) named.set(object, new Set([name]));
        else names.add(name);
      }
    }
  };
  for (const node of pointsTo.program.functions)
    for (const each of node.code) {
      if (each.kind === "store" && !each.initial)
        change(node, each.object, each.property.kind === "name" ? each.property.name : null);
      else if (each.kind === "box-write") change(node, each.box, null);
      else if (each.kind === "copy-properties" || each.kind === "append-elements") {
        // A literal that is being made is nobody else's yet.
        if (!/^(?:object|array)$/u.test(definitionOf(node, each.target)?.kind ?? ""))
          change(node, each.target, null);
      }
    }
  for (const site of pointsTo.sites.values()) changeByCall(pointsTo, site, any);
  return { named, any };
}

/** What models write into; what a call does that nothing describes stands somewhere below what it is given. */
function changeByCall(pointsTo: PointsTo, site: CallSite, any: Set<AbstractValue>): void {
  const { caller } = site;
  for (const { roles } of site.applied.keys())
    for (const role of roles)
      for (const to of role.kind === "flow" ? role.to : []) {
        if (to.root.kind === "return") continue;
        let objects = operandsAt(site, to).flatMap((value) => [...pointsTo.valuesOf(caller, value)]);
        for (let depth = 0; depth < Math.max(1, to.steps.length); depth++) {
          for (const object of objects) any.add(object);
          objects = objects.flatMap((object) => [...pointsTo.fieldNode(object, "*").values]);
        }
      }
}
