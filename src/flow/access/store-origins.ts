/** Whether data was read back from a store, and did not come with the request that is answered. */
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { RowsSeen } from "../stores/rows-seen.js";
import type { Trace } from "../tabulation/trace.js";
import { beginning } from "../tabulation/trace.js";
import type { ChildReads } from "./child-reads.js";
import { isLoadedElsewhere } from "./loaded-elsewhere.js";

export class StoreOrigins {
  private readonly bySpan = new Map<string, CallSite>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly reads: ChildReads,
    rows: ReadonlyMap<CallSite, RowsSeen>,
  ) {
    for (const site of rows.keys()) this.bySpan.set(keyOf(site.caller.index, site.instruction.at[0]), site);
  }

  /** It is held somewhere: in a store of the program's, or behind a function that the program does not have. */
  isHeld(trace: Trace): boolean {
    if (this.of(trace) !== null) return true;
    const start = beginning(trace);
    return start !== null && start.root !== null && isLoadedElsewhere(this.pointsTo, start.node, start.root);
  }

  /** The call that read it; null where it came otherwise, or was written by the same call. */
  of(trace: Trace): CallSite | null {
    const start = beginning(trace);
    if (start === null) return null;
    const { node, span, root } = start;
    const row = root === null ? this.bySpan.get(keyOf(node.index, span[0])) : undefined;
    const sites = row !== undefined ? [row] : root === null ? [] : this.reads.sitesBehind(node, root);
    return sites.find((site) => !this.reads.isWrite(site)) ?? null;
  }
}

function keyOf(node: number, start: number): string {
  return `${String(node)}:${String(start)}`;
}
