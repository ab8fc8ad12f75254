/**
 * Objects that somebody who is not seen may change: they are handed to a function of which nothing is known, or to a
 * package that puts something into what it is given (`Reflect.set(this, key, true)`, `load(options)`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { operandsAt } from "../models/address-values.js";
import { operandsOfSite } from "../models/site-operands.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Changed {
  readonly objects: ReadonlySet<AbstractValue>;
  /** So many things may be handed over somewhere that they are not listed. */
  readonly isAny: boolean;
}

const known = new WeakMap<PointsTo, Changed>();

export function isChangedByOthers(pointsTo: PointsTo, object: AbstractValue): boolean {
  let changed = known.get(pointsTo);
  if (changed === undefined) known.set(pointsTo, (changed = findChanged(pointsTo)));
  return changed.isAny || changed.objects.has(object);
}

function findChanged(pointsTo: PointsTo): Changed {
  const objects = new Set<AbstractValue>();
  let isAny = pointsTo.graph.isSpent;
  const addBelow = (node: FunctionNode, value: ValueId): void => {
    const waiting = [pointsTo.valueNode(node, value)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      isAny ||= next.isFull;
      for (const object of next.list) {
        if (
          (object.kind !== "object" && object.kind !== "instance" && object.kind !== "class") ||
          objects.has(object)
        )
          continue;
        objects.add(object);
        waiting.push(...pointsTo.fieldsOf(object).values());
      }
    }
  };
  for (const site of pointsTo.sites.values())
    for (const value of handedOver(site)) addBelow(site.caller, value);
  return { objects, isAny };
}

/** The operands that the call may change, as far as that is not seen in the program. */
function handedOver(site: CallSite): readonly ValueId[] {
  const { instruction, applied, foreign, edges } = site;
  if (instruction.kind !== "call" && instruction.kind !== "super-call" && instruction.kind !== "jsx")
    return [];
  if (applied.size === 0 && (foreign.size > 0 || edges.size === 0))
    return operandsOfSite(site).arguments.map(({ value }) => value);
  return [...applied.keys()].flatMap(({ roles }) =>
    roles.flatMap((role) =>
      role.kind === "flow"
        ? role.to.flatMap((to) => (to.root.kind === "return" ? [] : operandsAt(site, to)))
        : [],
    ),
  );
}
