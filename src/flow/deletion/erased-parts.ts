/** Parts of rows that are blanked or taken out before the row, or the list that they are in, is written back. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isFixed } from "./fixed-values.js";
import { isHiding } from "./hiding-values.js";
import type { LastWrites, Standing } from "./last-writes.js";
import type { OwnLists } from "./own-lists.js";
import { type PartsWritten, writtenParts } from "./written-parts.js";

export class ErasedParts {
  private readonly found: PartsWritten = { standing: new Map(), taken: new Set() };

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly site: CallSite,
    { takenOutBy = [] }: Extract<Role, { kind: "store" }>,
    private readonly lists: OwnLists,
    private readonly lastWrites: LastWrites,
  ) {
    const { caller: node, point: at } = site;
    for (const path of lists.takenFrom()) this.found.taken.add(path);
    if (lists.written.length > 0)
      writtenParts(
        pointsTo,
        lastWrites,
        { node, isRow: lists.isWritten, path: [], at },
        takenOutBy,
        this.found,
      );
  }

  /** `update({ kids })`, of the row's own list: what lies in it may have been changed before. */
  writtenBack(column: string, node: FunctionNode, value: ValueId): void {
    const { lists, site } = this;
    if (node !== site.caller || !lists.isWhole(column, node, value)) return;
    const isRow = (within: FunctionNode, each: ValueId): boolean => lists.isWhole(column, within, each);
    const row = { node, isRow, path: [column], at: site.point };
    writtenParts(this.pointsTo, this.lastWrites, row, [], this.found);
  }

  erased(): readonly string[] {
    const blanked = [...this.found.standing].flatMap(([path, standing]) =>
      standing.every((each) => each !== null && this.isErased(path, each)) ? [path] : [],
    );
    return [...this.found.taken, ...blanked];
  }

  hiding(): readonly string[] {
    return [...this.found.standing].flatMap(([path, standing]) =>
      standing.some((each) => each !== null && isHiding(lastName(path), each.node, each.value)) ? [path] : [],
    );
  }

  /** In a part of a row nothing stays under a name that is undefined. */
  private isErased(path: string, { node, value }: NonNullable<Standing>): boolean {
    if (isHiding(lastName(path), node, value)) return false;
    return isFixed(this.pointsTo, node, value) || this.lists.isLess(path, node, value);
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
