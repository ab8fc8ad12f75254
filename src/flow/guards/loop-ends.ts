/** Loops that only end past a guard: over what a generator gives, or over functions of which one asks. */
import type { FunctionNode } from "../program/program.js";
import { endsBehindGuard } from "./evidence/generator-evidence.js";
import { listLoopsOf } from "./list-loops.js";
import { isAskedInTurn, type TurnWays } from "./turns/list-turns.js";
import type { Ways } from "./ways.js";

export function isDoneBehindGuard(node: FunctionNode, position: number, open: TurnWays, ways: Ways): boolean {
  const loop = listLoopsOf(node).get(position);
  if (loop === undefined) return false;
  if (endsBehindGuard(open.tools.pointsTo, ways, node, loop.list)) return true;
  return open.isNearGuard(node) && isAskedInTurn(node, position, open);
}
