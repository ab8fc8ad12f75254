/** Guards that stand near an unguarded way, and why they did not take effect on it. */
import type { IneffectiveGuard, IneffectiveReason } from "../../contracts/flow.js";
import type { FunctionNode } from "../program.js";
import { locationOf } from "../program.js";
import type { Chains } from "./chains.js";
import type { GuardCall, GuardPlaces } from "./guard-places.js";
import type { OpenWay, Passage } from "./open-way.js";
import type { OpenWays } from "./open-ways.js";

const mostTold = 3;

export function ineffectiveGuards(
  way: OpenWay,
  open: OpenWays,
  places: GuardPlaces,
  chains: Chains,
): IneffectiveGuard[] {
  const found = way.passages.flatMap((passage) => inFunction(passage, open, places));
  const all = found.length > 0 ? found : chains.guardsElsewhere(way.outset.site, open);
  const seen = new Set<string>();
  return all
    .filter(({ name, reason, location }) => {
      const key = `${name}|${reason}|${location.file}:${String(location.line)}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, mostTold);
}

function inFunction({ node, point }: Passage, open: OpenWays, places: GuardPlaces): IneffectiveGuard[] {
  const called = node.code.flatMap((_, at) => {
    const site = open.tools.pointsTo.findSite(node, at);
    return site === undefined
      ? []
      : [...site.edges.values()].flatMap(({ callee }) =>
          open.isNearGuard(callee) && callee !== node
            ? places.in(callee).map((call) => tell(call, callee, Infinity, open))
            : [],
        );
  });
  return [...places.in(node).map((call) => tell(call, node, point, open)), ...called];
}

function tell(call: GuardCall, node: FunctionNode, until: number, open: OpenWays): IneffectiveGuard {
  return {
    name: call.mark.name,
    reason: reasonOf(call, node, until, open),
    location: locationOf(node, call.site.instruction.at),
  };
}

function reasonOf(
  { site, mark }: GuardCall,
  node: FunctionNode,
  until: number,
  open: OpenWays,
): IneffectiveReason {
  if (!open.question.accepts(mark, site)) return "other-operation";
  const out = "out" in site.instruction ? site.instruction.out : -1;
  const uses = (node.uses[out] ?? []).map((point) => node.code[point]?.kind);
  const isReturned = node.graph.blocks.some(({ end }) => end.kind === "return" && end.value === out);
  if (mark.isAsync && !uses.includes("await") && !uses.includes("load") && !isReturned) return "not-awaited";
  if (site.point > until) return "too-late";
  const block = node.graph.blocks[node.blockOf[site.point] ?? 0];
  if (block?.handler !== null && block !== undefined) return "swallowed";
  const name = site.instruction.kind === "call" ? site.instruction.name : "";
  const isCaught = node.code.some(
    (each) => each.kind === "call" && each.receiver === out && /\.catch$/u.test(each.name),
  );
  if (isCaught && name !== "") return "swallowed";
  if (mark.telling === "value" && !isTested(node, out)) return "not-tested";
  return "one-branch";
}

function isTested(node: FunctionNode, value: number): boolean {
  const seen = new Set<number>();
  const queue = [value];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const current = next;
    if (seen.has(current)) continue;
    seen.add(current);
    for (const block of node.graph.blocks) {
      if (block.end.kind === "branch" && block.end.value === current) return true;
      if (block.end.kind === "return" && block.end.value === current) return true;
      for (const phi of block.phis)
        if (phi.inputs.some((input) => input.value === current)) queue.push(phi.out);
    }
    for (const point of node.uses[current] ?? []) {
      const instruction = node.code[point];
      if (instruction !== undefined && "out" in instruction) queue.push(instruction.out);
    }
  }
  return false;
}
