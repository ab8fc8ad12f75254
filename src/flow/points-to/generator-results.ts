/**
 * What `next` of a generator gives: an object with what is yielded, whose `done` is false, or one with what the function
 * returns at its end, whose `done` is true.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";
import type { AbstractValue } from "./abstract-value.js";
import { generatorEnding } from "./container-constraints.js";
import type { PointsTo } from "./points-to.js";

/** The generators that one function makes. */
export interface Generators {
  /** Index of the function. */
  readonly owner: number;
  /** Stand for what a call of `next` gives. */
  readonly yielded: AbstractValue;
  readonly ended: AbstractValue;
}

const mostHops = 8;

/** The generators of the program that a value may be; null where it may be something else, or where that is not known. */
export function generatorsOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
): readonly Generators[] | null {
  const values = [...pointsTo.valuesOf(node, value)];
  const found: Generators[] = [];
  for (const each of values) {
    if (each.kind !== "object" || !each.site.endsWith(generatorEnding)) return null;
    found.push({
      owner: Number(each.site.slice(0, -generatorEnding.length)),
      yielded: pointsTo.values.object(`${each.site}:yielded`, false),
      ended: pointsTo.values.object(`${each.site}:ended`, false),
    });
  }
  return found.length === 0 ? null : found;
}

/** The generators whose `next` gives the value on every way to it; null where it may be another object. */
export function resultOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
): readonly Generators[] | null {
  const found: Generators[] = [];
  return addGivers(pointsTo, node, value, found, new Set()) && found.length > 0 ? found : null;
}

function addGivers(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  found: Generators[],
  passed: Set<ValueId>,
): boolean {
  if (passed.has(value)) return true;
  if (passed.size > mostHops) return false;
  passed.add(value);
  const definition = node.definitions[value];
  if (definition?.kind === "phi")
    return definition.phi.inputs.every((input) => addGivers(pointsTo, node, input.value, found, passed));
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "declare":
    case "cast":
    case "await":
      return addGivers(pointsTo, node, instruction.value, found, passed);
    case "call": {
      if (!asksForNext(instruction.name) || instruction.receiver === null) return false;
      const generators = generatorsOf(pointsTo, node, instruction.receiver);
      found.push(...(generators ?? []));
      return generators !== null;
    }
    default:
      return false;
  }
}

/** By its name, of what is known to be a generator. */
export function callsNext(name: string): boolean {
  return /(?:^|\.)next$/u.test(name);
}

/** The same of all calls that go on with it. */
export function asksForNext(name: string): boolean {
  return callsNext(name) || /(?:^|\.)throw$/u.test(name);
}
