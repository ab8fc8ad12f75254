/**
 * Functions for which it matters how many arguments a call gives: they read their rest parameter from its end, or hand
 * its elements on one by one.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";

/** The index of the rest parameter that the function counts; null for all other functions. */
export function countedRest(callee: FunctionNode): number | null {
  const last = callee.graph.parameters.at(-1);
  if (last?.rest !== true) return null;
  const names = new Set(
    callee.code.flatMap((each) => (each.kind === "parameter" && each.index === last.index ? [each.out] : [])),
  );
  for (const name of names)
    for (const point of callee.uses[name] ?? []) {
      const use = callee.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") names.add(use.out);
      else if (use !== undefined && counts(use, name)) return last.index;
    }
  return null;
}

function counts(use: Instruction, list: ValueId): boolean {
  if (use.kind === "load") return use.property.kind === "name" && use.property.name === "length";
  if (use.kind !== "call") return false;
  if (use.receiver === list) return /\.(?:at|slice)$/u.test(use.name);
  return use.arguments.some((each) => each.spread && each.value === list);
}

/** How many arguments a call gives for it; null where nobody knows. */
export function countGiven(instruction: Instruction, index: number): number | null {
  if (instruction.kind !== "call" || instruction.arguments.some(({ spread }) => spread)) return null;
  return Math.max(0, instruction.arguments.length - index);
}
