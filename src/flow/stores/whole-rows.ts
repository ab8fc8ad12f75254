/** Something from outside that is put into a store as a whole: it may bring each marked column of the row, or of the part. */
import type { Span } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection } from "../../contracts/flow.js";
import type { Origins } from "../sources/origins.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Borders } from "../tabulation/borders.js";
import type { BorderStates, Entering } from "../tabulation/border-states.js";
import type { State } from "../tabulation/fact.js";
import type { Trace } from "../tabulation/trace.js";
import { DeclaredColumns } from "./declared-columns.js";
import { loadsOf, readAlike } from "./read-alike.js";
import { replacedBefore } from "./replaced-columns.js";
import { type MarkedColumn, markedColumns } from "./marked-columns.js";
import type { RowsBehind } from "./rows-behind.js";
import type { Table } from "./table.js";
import type { Tables } from "./tables.js";

const raw: Protection = { kind: "raw" };

/** Something that may hold columns, below a path of it. */
interface Whole {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly below: readonly string[];
  readonly at: Span;
  /** Where it is written or copied. */
  readonly point: number;
}

type Put = (path: readonly string[], state: State, trace: Trace) => void;

export class WholeRows {
  private readonly declared: DeclaredColumns;
  private readonly known = new WeakMap<Table, readonly MarkedColumn[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly states: BorderStates,
    private readonly borders: Borders,
    private readonly tables: Tables,
    private readonly read: RowsBehind,
    private readonly told: { namesLeft(node: FunctionNode, value: ValueId): ReadonlySet<string> },
  ) {
    this.declared = new DeclaredColumns(pointsTo);
  }

  /** What no object of the program's own holds. */
  put(table: Table, whole: Whole, put: Put): void {
    const { node, value } = whole;
    const entering = this.entering(node, value);
    if (entering === null) return;
    const isRow = whole.below.every((component) => component === "[]");
    const declared = isRow ? this.declared.namesOf(node, value) : null;
    const left = this.told.namesLeft(node, value);
    for (const { path, field } of this.columnsOf(table)) {
      const [name = ""] = path;
      if (declared?.has(name) === false || left.has(name)) continue;
      const full = [...whole.below, ...path];
      if (whole.below.length === 0 && this.isReplaced(whole, path, field, put)) continue;
      const { state, trace } = this.borders.enter({ node, value, path: full, field }, whole.at, entering);
      put(full, state, trace);
    }
  }

  /** As what something from outside comes in; null: it does not come from there, or came in where it was read. */
  entering(node: FunctionNode, value: ValueId): Entering | null {
    // What a known table gave back came in where it was read.
    const origin = this.origins.ofValue(node, value);
    return origin === "no" || this.read.isOfTables(node, value)
      ? null
      : { protection: raw, assumedThrough: typeof origin === "string" ? null : origin.assumedThrough };
  }

  /** The row's own, those of its parts, and those of rows that are written along with it. */
  private columnsOf(table: Table): readonly MarkedColumn[] {
    let columns = this.known.get(table);
    if (columns === undefined) this.known.set(table, (columns = markedColumns(table)));
    return columns;
  }

  /** A column that was set anew before is told for what it is then. */
  private isReplaced(
    { node, value, at, point }: Whole,
    path: readonly string[],
    field: FieldId,
    put: Put,
  ): boolean {
    const found = this.replaced(node, value, path, point);
    if (found === null || (found.isTextOnly && !this.states.isText(field))) return false;
    const { values, inner } = found;
    for (const each of values) {
      const whole = inner.length === 0 ? null : this.entering(node, each);
      const all =
        inner.length === 0 ? this.states.statesOf(node, each, field) : whole === null ? [] : [whole];
      for (const entering of all) {
        const border = { node, value: each, path: inner, field };
        const { state, trace } = this.borders.enter(border, at, entering);
        put(path, state, trace);
      }
    }
    return true;
  }

  /** `body.address = …`, `body.address.street = …`: the values, and which way is left in them. */
  private replaced(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    point: number,
  ): { values: readonly ValueId[]; isTextOnly: boolean; inner: readonly string[] } | null {
    let holders = readAlike(node, value);
    for (const [index, name] of path.entries()) {
      if (name === "[]") return null;
      for (const holder of holders) {
        const found = replacedBefore(this.pointsTo, { node, value: holder, name }, point);
        if (found !== null) return { ...found, inner: path.slice(index + 1) };
      }
      const around = new Set(holders.map((holder) => originOf(node, holder)));
      holders = index === path.length - 1 ? [] : loadsOf(node, around, name);
    }
    return null;
  }
}
