/** Whether a guard is asked in a function, or in what it calls. */
import type { FunctionNode } from "../../program/program.js";
import type { OpenWays } from "../open-ways.js";
import type { GuardPlaces } from "./guard-places.js";

/** Helpers of helpers are followed as far as a reader would. */
const deepest = 3;

export function asksGuard(node: FunctionNode, open: OpenWays, places: GuardPlaces, depth = 0): boolean {
  if (places.in(node).some(({ mark }) => mark.kind === "guard")) return true;
  if (depth === deepest) return false;
  return node.code.some((_, position) => {
    const edges = open.tools.pointsTo.findSite(node, position)?.edges.values() ?? [];
    return [...edges].some(
      ({ callee }) => open.isNearGuard(callee) && asksGuard(callee, open, places, depth + 1),
    );
  });
}
