/** Parts of statements: sql`…` that is put into other such texts, and is run with them and never by itself. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** All that is done with it is that it stands in the holes of other statements. */
export function isPartOfStatements({ instruction, caller }: CallSite): boolean {
  if (instruction.kind !== "call" || instruction.template === undefined) return false;
  const seen = new Set<ValueId>();
  return stands(caller, instruction.out, seen) && seen.size > 0;
}

function stands(node: FunctionNode, value: ValueId, seen: Set<ValueId>): boolean {
  if (seen.has(value)) return true;
  seen.add(value);
  let isPut = false;
  for (const { phis, end } of node.graph.blocks) {
    if (end.kind !== "branch" && "value" in end && end.value === value) return false;
    for (const { inputs, out } of phis)
      if (inputs.some((input) => input.value === value)) {
        if (!stands(node, out, seen)) return false;
        isPut = true;
      }
  }
  for (const point of node.uses[value] ?? []) {
    const use = node.code[point];
    if (use?.kind === "call" && use.template !== undefined && use.callee !== value) isPut = true;
    else if (use?.kind === "declare" || use?.kind === "cast") {
      if (!stands(node, use.out, seen)) return false;
      isPut = true;
    } else return false;
  }
  return isPut;
}
