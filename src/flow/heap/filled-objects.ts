/**
 * Objects that get properties whose names are not written down: by a computed key, by a copy of another object, or by
 * a call that copies (`Object.assign(this, details)`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsAt } from "../models/address-values.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Filled {
  readonly all: ReadonlySet<AbstractValue>;
  /** Filled by others than the literal that makes them: `{ ...child, kind: "child" }` fills itself. */
  readonly byOthers: ReadonlySet<AbstractValue>;
}

const known = new WeakMap<PointsTo, Filled>();

export function filledObjects(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  return filledIn(pointsTo).all;
}

/**
 * What is not written down may be the property of this name: not where only the literal fills the object, and writes
 * the property behind all that it copies.
 */
export function isFilledBeside(pointsTo: PointsTo, object: AbstractValue, name: string): boolean {
  const { all, byOthers } = filledIn(pointsTo);
  if (!all.has(object)) return false;
  return byOthers.has(object) || object.kind !== "object" || !writesLast(pointsTo, object.site, name);
}

/** Something else than the literal that makes it puts properties into it whose names are not written down. */
export function isFilledByOthers(pointsTo: PointsTo, object: AbstractValue): boolean {
  return filledIn(pointsTo).byOthers.has(object);
}

function writesLast(pointsTo: PointsTo, site: string, name: string): boolean {
  const [owner = "", point = ""] = site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined || made?.kind !== "object") return false;
  let isLast = false;
  for (const each of node.uses[made.out] ?? []) {
    const use = node.code[each];
    if (use?.kind === "copy-properties" && use.target === made.out) isLast = false;
    else if (use?.kind === "store" && use.object === made.out && use.initial && use.accessor === undefined)
      isLast ||= use.property.kind === "name" && use.property.name === name;
  }
  return isLast;
}

function filledIn(pointsTo: PointsTo): Filled {
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = findFilled(pointsTo)));
  return found;
}

function findFilled(pointsTo: PointsTo): Filled {
  const found = new Set<AbstractValue>();
  const all = new Set<AbstractValue>();
  const add = (node: FunctionNode, value: ValueId): void => {
    for (const object of pointsTo.valuesOf(node, value)) found.add(object);
  };
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      if (instruction.kind === "store" && instruction.property.kind !== "name") add(node, instruction.object);
      else if (instruction.kind === "copy-properties") {
        const made = node.definitions[instruction.target];
        const isLiteral = made?.kind === "instruction" && made.instruction.kind === "object";
        if (!isLiteral) add(node, instruction.target);
        else for (const object of pointsTo.valuesOf(node, instruction.target)) all.add(object);
      }
    }
  for (const site of pointsTo.sites.values())
    for (const { roles, text } of site.applied.keys())
      for (const role of text === "Object.setPrototypeOf" ? [] : roles)
        for (const to of role.kind === "flow" ? role.to : [])
          if (to.root.kind === "argument" && to.steps.length === 0)
            for (const value of operandsAt(site, to)) add(site.caller, value);
  for (const object of found) all.add(object);
  return { all, byOthers: found };
}
