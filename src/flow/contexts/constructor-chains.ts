/** The calls by which a constructor is come to through those of the classes that extend its class. */
import type { InstructionKind } from "../../contracts/file-graph.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { CallsOnWay } from "./seen-callers.js";

/** What these read may have been put there on any way. */
const shared: ReadonlySet<InstructionKind> = new Set(["cell-read", "import-read", "capture", "box-read"]);

/** `edge` first, which may call the function itself; null where there is none, more than one, or other ways. */
export function callsUpTo(pointsTo: PointsTo, node: FunctionNode, edge: CallEdge): CallsOnWay | null {
  const calls = new Map<FunctionNode, CallEdge>([[edge.callee, edge]]);
  for (let at = edge.callee; at !== node;) {
    const next = handsOnTo(pointsTo, at);
    if (next === null || calls.has(next.callee) || at.code.some(({ kind }) => shared.has(kind))) return null;
    calls.set(next.callee, next);
    at = next.callee;
  }
  return calls;
}

/** The one call of the constructor above. */
function handsOnTo(pointsTo: PointsTo, node: FunctionNode): CallEdge | null {
  const above = node.code.flatMap((_, point) =>
    [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].filter(({ shape }) => shape === "super"),
  );
  const [only, ...others] = above;
  return only === undefined || others.length > 0 ? null : only;
}
