/**
 * Objects that get properties whose names are not written down: by a computed key, by a copy of another object, or by
 * a call that copies (`Object.assign(this, details)`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsAt } from "../models/address-values.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const known = new WeakMap<PointsTo, ReadonlySet<AbstractValue>>();

export function filledObjects(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = findFilled(pointsTo)));
  return found;
}

function findFilled(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const add = (node: FunctionNode, value: ValueId): void => {
    for (const object of pointsTo.valuesOf(node, value)) found.add(object);
  };
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      if (instruction.kind === "store" && instruction.property.kind !== "name") add(node, instruction.object);
      else if (instruction.kind === "copy-properties") add(node, instruction.target);
    }
  for (const site of pointsTo.sites.values())
    for (const { roles, text } of site.applied.keys())
      for (const role of text === "Object.setPrototypeOf" ? [] : roles)
        for (const to of role.kind === "flow" ? role.to : [])
          if (to.root.kind === "argument" && to.steps.length === 0)
            for (const value of operandsAt(site, to)) add(site.caller, value);
  return found;
}
