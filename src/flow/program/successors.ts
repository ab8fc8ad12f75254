/** Where control goes on from the end of a block. */
import type { BlockId, Terminator } from "../../contracts/file-graph.js";
import type { Side } from "./sides.js";

/** The blocks that a block may go on to; for a branch that is decided, the one. */
export function successors(end: Terminator, only: Side | null = null): readonly BlockId[] {
  switch (end.kind) {
    case "jump":
      return [end.to];
    case "branch":
      if (only !== null) return [only === "then" ? end.then : end.else];
      return end.then === end.else ? [end.then] : [end.then, end.else];
    case "loop":
      return end.body === end.exit ? [end.body] : [end.body, end.exit];
    default:
      return [];
  }
}
