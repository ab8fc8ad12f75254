/** Entries × stores: which way to erase reaches which store of child data. */
import type { ReportDocument } from "../contracts/report.js";

export type Deletion = ReportDocument["dataMap"]["deletion"][number];

export interface DeletionMatrix {
  readonly entries: readonly Deletion[];
  readonly rows: readonly {
    readonly store: string;
    /** In the order of the entries. */
    readonly cells: readonly Cell[];
    /** An entry that answers a request, a withdrawal or a deregistration reaches it; shutdown alone does not do. */
    readonly isErased: boolean;
  }[];
}

/** `left`: an entry that must reach every store leaves it as it is. */
export type Cell = "reached" | "left" | "none";

const reachesAll: ReadonlySet<string> = new Set(["withdrawal", "deregistration", "shutdown"]);

/** Null where there is nothing to show: no store, or no entry that is there to erase. */
export function deletionMatrix(entries: readonly Deletion[]): DeletionMatrix | null {
  const stores = [...new Set(entries.flatMap(({ reaches, misses }) => [...reaches, ...misses]))].sort();
  if (stores.length === 0) return null;
  return {
    entries,
    rows: stores.map((store) => ({
      store,
      cells: entries.map(({ kind, reaches }) =>
        reaches.includes(store) ? "reached" : reachesAll.has(kind) ? "left" : "none",
      ),
      isErased: entries.some(({ kind, reaches }) => kind !== "shutdown" && reaches.includes(store)),
    })),
  };
}
