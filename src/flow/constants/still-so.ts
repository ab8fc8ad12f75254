/** What was seen of a list holds for as long as nothing can have put something into it. */
import type { Instruction, Terminator, ValueId } from "../../contracts/file-graph.js";
import type { Finding } from "../ways/branch-findings.js";
import { eitherOf } from "../ways/branch-findings.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";

const changing: ReadonlySet<Instruction["kind"]> = new Set([
  "append-elements",
  "await",
  "box-write",
  "call",
  "copy-properties",
  "delete",
  "iterate",
  "store",
  "super-call",
  "yield",
]);

/** The findings that still hold where a block ends. */
export function stillSo(
  node: FunctionNode,
  findings: readonly Finding[],
  end: Terminator,
): readonly Finding[] {
  return findings.flatMap((finding): readonly Finding[] => {
    if ("either" in finding) return eitherOf(finding.either.map((way) => stillSo(node, way, end)));
    return finding.seen === undefined || isUnchanged(node, finding.seen, end) ? [finding] : [];
  });
}

/** On every way from where a value is made to the end of a block, nothing else is done. */
export function isUnchanged(node: FunctionNode, seen: ValueId, end: Terminator): boolean {
  const definition = node.definitions[seen];
  const last = node.graph.blocks.findIndex((block) => block.end === end);
  if (definition?.kind !== "instruction" || last === -1) return false;
  const made = node.blockOf[definition.point] ?? 0;
  const passed = new Set([last]);
  for (const position of passed) {
    const from = position === made ? definition.point + 1 - (node.blockStart[made] ?? 0) : 0;
    if (
      node.graph.blocks[position]?.instructions.slice(from).some(({ kind }) => changing.has(kind)) !== false
    )
      return false;
    // Further back it was not made yet.
    if (position !== made)
      for (const before of predecessorsOf(node)[position] ?? []) passed.add(before.position);
  }
  return true;
}
