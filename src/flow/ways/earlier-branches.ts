/** The branches that control has taken before it comes to another one, whichever way it came. */
import type { Terminator } from "../../contracts/file-graph.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

export interface Taken {
  readonly end: Branch;
  readonly side: "then" | "else";
}

const mostSteps = 64;
const known = new WeakMap<Branch, readonly Taken[]>();

/** Only where each block on the way has one way in. */
export function branchesBefore(node: FunctionNode, branch: Branch): readonly Taken[] {
  let found = known.get(branch);
  if (found === undefined) known.set(branch, (found = findBefore(node, branch)));
  return found;
}

function findBefore(node: FunctionNode, branch: Branch): readonly Taken[] {
  return branchesTo(
    node,
    node.graph.blocks.findIndex(({ end }) => end === branch),
  );
}

/** The branches that control has taken before it comes to a block, the last one first. */
export function branchesTo(node: FunctionNode, start: number): readonly Taken[] {
  const { blocks } = node.graph;
  const predecessors = predecessorsOf(node);
  const found: Taken[] = [];
  let block = start;
  for (let steps = 0; steps < mostSteps && block !== -1; steps++) {
    const [only, ...others] = predecessors[block] ?? [];
    if (only === undefined || others.length > 0) break;
    const end = blocks[only.position]?.end;
    if (end?.kind === "branch" && only.side !== null && end.then !== end.else)
      found.push({ end, side: only.side });
    block = only.position;
  }
  return found;
}
