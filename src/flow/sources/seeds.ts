/** How child data begins at a place: the first fact of a way, in the state of the store it was read from. */
import type { Span } from "../../base/location.js";
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection, StepNote } from "../../contracts/flow.js";
import { accessPath } from "../paths/access-path.js";
import type { Base } from "../tabulation/fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { RowsBehind } from "../stores/rows-behind.js";
import type { SchemaChange } from "./schema-changes.js";
import { type ParsedPlace, SchemaRuns } from "../tabulation/schema-runs.js";
import type { StoreStates } from "../stores/store-states.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { type Trace, source } from "../tabulation/trace.js";

const raw: Protection = { kind: "raw" };

/** A value that is read as a field, or taken for one. */
export interface SeededValue {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly field: FieldId;
}

export class Seeds {
  readonly seeded: SeededValue[] = [];
  private readonly runs: SchemaRuns;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly annotations: AnnotationTable,
    private readonly rows: RowsBehind,
    private readonly states: StoreStates,
  ) {
    this.runs = new SchemaRuns(tabulation);
  }

  begin(
    node: FunctionNode,
    point: number,
    base: Base,
    path: readonly string[],
    field: FieldId,
    span: Span,
    note: StepNote,
    protection: Protection = raw,
    root: Base = base,
  ): Trace {
    const state = this.tabulation.facts.state(field, protection);
    this.tabulation.held.begins(path, field);
    if (root >= 0) this.seeded.push({ node, value: root, field });
    const trace = source(node, span, note, root < 0 ? null : root, path);
    this.tabulation.put(this.tabulation.zero(node), point, base, accessPath(path), state, trace);
    return trace;
  }

  /** A value is put where a field stands: what begins there is a border's to say. */
  isTakenFor(node: FunctionNode, value: ValueId, field: FieldId): void {
    this.seeded.push({ node, value, field });
  }

  /** Begins what comes out of a call in the end, once functions of a schema have had it. */
  beginThrough(
    site: CallSite,
    place: ParsedPlace,
    path: readonly string[],
    changes: readonly SchemaChange[],
    field: FieldId,
    note: StepNote,
  ): void {
    const { caller, instruction } = site;
    const state = this.tabulation.facts.state(field, raw);
    this.tabulation.held.begins([...place.prefix, ...path], field);
    const trace = source(caller, instruction.at, note, place.base < 0 ? null : place.base, [
      ...place.prefix,
      ...path,
    ]);
    this.runs.run(this.tabulation.zero(caller), site, place, path, changes, state, trace);
  }

  /** Begins where a block begins, which may have no instruction. */
  beginBlock(
    node: FunctionNode,
    block: number,
    base: Base,
    path: readonly string[],
    field: FieldId,
    span: Span,
    note: StepNote,
  ): void {
    const { facts } = this.tabulation;
    this.tabulation.held.begins(path, field);
    this.tabulation.emit(
      this.tabulation.zero(node),
      block,
      node.blockStart[block] ?? 0,
      facts.fact(base, accessPath(path), facts.state(field, raw)),
      source(node, span, note, base < 0 ? null : base, path),
    );
  }

  /** Begins what may have been read from a store, in the state that it has there. */
  beginFrom(
    from: ValueId,
    node: FunctionNode,
    point: number,
    base: Base,
    path: readonly string[],
    field: FieldId,
    span: Span,
    note: StepNote,
    /** What is read of `from` to come to `base`. */
    within: readonly string[] = [],
  ): void {
    const read = this.rows.storesBehind(node, from);
    const { stores } = read;
    this.seeded.push({ node, value: from, field });
    const begin = (protection: Protection): void => {
      const root = path.length > 0 ? base : from;
      this.states.begins(this.begin(node, point, base, path, field, span, note, protection, root), read);
    };
    if (stores.length === 0 && this.rows.isTold(node, from, [...within, ...path], field)) return;
    if (stores.length === 0) begin(raw);
    else this.states.read({ stores, field, begin });
  }

  nameOf(field: FieldId): string {
    return this.annotations.fields.get(field)?.name ?? field;
  }
}
