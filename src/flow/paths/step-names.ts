/** What functions and variables are called in the notes of a trace. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { CalledFunction } from "../../contracts/flow.js";
import type { AccessPath } from "./access-path.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import { slotNumber } from "./slots.js";

/** A function as the note of a step in `from` names it: one without a name by where it stands. */
export function called(callee: FunctionNode, from: FunctionNode): CalledFunction {
  const { name, nameAt } = callee.graph;
  if (name !== "anonymous") return { callee: name };
  const { file, line } = locationOf(callee, nameAt);
  return {
    callee: name,
    line,
    ...(file === from.file ? {} : { file }),
    ...(callee.graph.isRound === true ? { isLoop: true } : {}),
  };
}

/** The variable that a closure's slot holds, where data lies in one. */
export function capturedName({ graph }: FunctionNode, inside: AccessPath): string {
  const [slot = ""] = inside.components;
  return slot.startsWith("^") ? (graph.captures[slotNumber(slot)]?.name ?? "") : "";
}

/** The variable that several functions share through a box. */
export function boxName(node: FunctionNode, box: ValueId): string {
  const definition = node.definitions[box];
  if (definition?.kind !== "instruction") return "";
  const { instruction } = definition;
  if (instruction.kind === "box") return instruction.name;
  return instruction.kind === "capture" ? (node.graph.captures[instruction.slot]?.name ?? "") : "";
}
