/** What was seen of a list holds for as long as nothing can have put something into it. */
import type { Instruction, Terminator, ValueId } from "../../contracts/file-graph.js";
import type { Finding } from "../ways/branch-findings.js";
import { eitherOf } from "../ways/branch-findings.js";
import { successors } from "../program/successors.js";
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
function isUnchanged(node: FunctionNode, seen: ValueId, end: Terminator): boolean {
  const definition = node.definitions[seen];
  if (definition?.kind !== "instruction") return false;
  const passed = new Set<number>();
  const queue = [{ block: node.blockOf[definition.point] ?? 0, from: definition.point + 1 }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const block = node.graph.blocks[next.block];
    if (block === undefined) return false;
    const start = node.blockStart[next.block] ?? 0;
    if (block.instructions.slice(next.from - start).some(({ kind }) => changing.has(kind))) return false;
    if (block.end === end) continue;
    for (const id of successors(block.end)) {
      const position = node.blockById.get(id);
      if (position === undefined || passed.has(position)) continue;
      passed.add(position);
      queue.push({ block: position, from: node.blockStart[position] ?? 0 });
    }
  }
  return true;
}
