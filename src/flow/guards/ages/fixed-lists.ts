/** Lists and tables of which the code says all that stands in them: nothing else may stand there in their place. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { capturedFrom } from "../../program/captured-from.js";
import { originOf } from "../../paths/value-places.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { writersOf } from "../../points-to/writers.js";
import { findExports } from "../../program/module-links.js";
import type { FunctionNode } from "../../program/program.js";
import { cellsOf } from "../evidence/read-cells.js";

const deepest = 8;
const reading = /^Object\.(?:freeze|keys|values|entries|seal)$/u;

/** Each way that the value comes is one from a literal: none of them is that of a request or a file. */
export function isFixed(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const again = (other: ValueId, at = node): boolean => isFixed(pointsTo, at, other, depth + 1);
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > deepest) return false;
  if (definition.kind === "phi") return definition.phi.inputs.every((input) => again(input.value));
  const { instruction, point } = definition;
  switch (instruction.kind) {
    case "constant":
    case "array":
    case "object":
    case "class":
    case "this":
    case "global":
      return true;
    case "await":
      return again(instruction.value);
    case "cell-read":
    case "import-read":
      return cellsOf(pointsTo, node, instruction).every(
        (each) => each === null || isCellFixed(pointsTo, each.file, each.cell, again),
      );
    case "load": {
      const objects = [...pointsTo.valuesOf(node, instruction.object)];
      const { property } = instruction;
      if (property.kind !== "name") return again(instruction.object);
      return (
        objects.length > 0 && objects.every((each) => isPropertyFixed(pointsTo, each, property.name, again))
      );
    }
    case "capture": {
      const captured = capturedFrom(pointsTo, node, instruction.slot);
      return captured !== null && again(captured.value, captured.node);
    }
    case "parameter": {
      const callers = pointsTo.callersOf(node);
      return (
        callers.length > 0 &&
        callers.every(({ site, shape }) => {
          const call = site.instruction.kind === "call" && shape === "call" ? site.instruction : null;
          const given = call?.arguments[instruction.index];
          // What is not given is what the parameter stands for by itself.
          return call !== null && (given === undefined || (!given.spread && again(given.value, site.caller)));
        })
      );
    }
    case "call": {
      const callees = [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].map(({ callee }) => callee);
      if (callees.length > 0)
        return callees.every((callee) =>
          callee.graph.blocks.every(
            ({ end }) => end.kind !== "return" || end.value === null || again(end.value, callee),
          ),
        );
      const { receiver, arguments: given } = instruction;
      return (receiver === null || again(receiver)) && given.every((each) => again(each.value));
    }
    default:
      return false;
  }
}

type Again = (value: ValueId, node: FunctionNode) => boolean;

function isCellFixed(pointsTo: PointsTo, file: string, cell: string, again: Again): boolean {
  const [only, ...others] = writersOf(pointsTo).ofCell(file, cell);
  return only !== undefined && others.length === 0 && again(only.value, only.node);
}

function isPropertyFixed(pointsTo: PointsTo, object: AbstractValue, name: string, again: Again): boolean {
  if (object.kind === "module")
    return findExports(pointsTo, object.file, name).every(
      (link) => link.kind !== "cell" || isCellFixed(pointsTo, link.file, link.cell, again),
    );
  if (object.kind !== "object" && object.kind !== "instance") return object.kind === "class";
  const writers = writersOf(pointsTo).ofField(object, name);
  return writers.length > 0 && writers.every((each) => again(each.value, each.node));
}

const tables = new WeakMap<PointsTo, ReadonlySet<AbstractValue>>();

/** Something is copied into the object, written into it later or taken out of it, or somebody else is handed it. */
export function mayBeFilled(pointsTo: PointsTo, object: AbstractValue): boolean {
  let found = tables.get(pointsTo);
  if (found === undefined) tables.set(pointsTo, (found = filledIn(pointsTo)));
  return found.has(object);
}

function filledIn(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code)
      for (const value of filledBy(instruction))
        for (const object of pointsTo.valuesOf(node, value)) found.add(object);
  return found;
}

function filledBy(instruction: FunctionNode["code"][number]): readonly ValueId[] {
  switch (instruction.kind) {
    case "copy-properties":
      return [instruction.target];
    case "store":
      return instruction.initial ? [] : [instruction.object];
    case "delete":
      return [instruction.object];
    case "call":
      return reading.test(instruction.name) ? [] : instruction.arguments.map(({ value }) => value);
    default:
      return [];
  }
}
