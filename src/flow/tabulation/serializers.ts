/**
 * Functions for a name (a logger's serializers, a column's transformer): what stands under the name is written as its
 * function makes it.
 */
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { meet } from "../models/address-facts.js";
import { foldParts, valuesAt } from "../models/address-values.js";
import { noContext } from "../contexts/context.js";
import type { CallbackReturn, Entry } from "./entry.js";
import { hasEntered } from "./entry.js";
import type { Fact } from "./fact.js";
import { incoming, returned } from "./fact.js";
import type { ModelAt } from "../program/model-at.js";
import { isUnprinted } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SinkRole } from "../sinks/sink-of.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import { called } from "../paths/step-names.js";
import type { Tables } from "../stores/tables.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";

type WritingRole = Extract<SinkRole, { kind: "log" | "store" }>;

/** What is written where, and by which call. */
interface Writing {
  readonly entry: Entry;
  readonly site: CallSite;
  readonly match: ModelAt;
  readonly role: WritingRole;
  readonly target: string | null;
}

export class Serializers {
  private readonly writers = new Map<string, CallbackReturn>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly sinks: SinkRecorder,
    private readonly tables: Tables,
  ) {}

  /** True if the fact is written only as some function makes it, which is called with it. */
  rewrites(entry: Entry, site: CallSite, match: ModelAt, role: SinkRole, fact: Fact, trace: Trace): boolean {
    if (role.kind !== "log" && role.kind !== "store") return false;
    const table = role.kind === "log" ? role.through : null;
    if (role.kind === "store" ? role.entity === null || this.tables.entities.isEmpty : table === null)
      return false;
    for (const address of role.data) {
      const met = meet(this.pointsTo, site, address, fact.base, fact.path, match.names);
      if (met === null) continue;
      const { functions, inTurn, target, rest } =
        role.kind === "store"
          ? this.columnAt(site, match, role, met)
          : {
              functions: this.functionsFor(site, table, match.names, met),
              inTurn: false,
              target: null,
              rest: below(met, 0),
            };
      const inside = this.tabulation.facts.fact(incoming(0), rest, fact.state);
      const chains = inTurn ? [functions] : functions.map((callee) => [callee]);
      for (const chain of chains)
        this.enter({ entry, site, match, role, target }, chain, inside, fact, trace);
      // `{ $set: { phone } }` is met as a whole first, and as what stands under `$set` then.
      if (functions.length > 0) return true;
    }
    return false;
  }

  /** Functions that a column's values go through, which table it is of, and the way from there on. */
  private columnAt(
    site: CallSite,
    match: ModelAt,
    role: Extract<WritingRole, { kind: "store" }>,
    path: AccessPath,
  ): {
    readonly functions: readonly FunctionNode[];
    readonly inTurn: boolean;
    readonly target: string | null;
    readonly rest: AccessPath;
  } {
    const inRow = this.inRow(site, match, role, path);
    const place = this.sinks.rowPlaceOf(site, match, role, inRow);
    const column = place?.table?.columns.get(place.column);
    const rest = below(inRow, place?.depth ?? 0);
    return {
      functions: functionsIn(column?.through ?? []),
      inTurn: column?.inTurn === true,
      target: place?.name ?? null,
      rest:
        column?.each === true && isElement(rest.components[0] ?? "")
          ? accessPath(rest.components.slice(1))
          : rest,
    };
  }

  /** What is given to one column alone (`row.phone = phone`) lies below its name. */
  private inRow(
    site: CallSite,
    { names }: ModelAt,
    { column }: Extract<WritingRole, { kind: "store" }>,
    path: AccessPath,
  ): AccessPath {
    if (column == null) return path;
    const name = foldParts(this.pointsTo, site, [column], names);
    return accessPath([name.slice(name.lastIndexOf(".") + 1), ...path.components]);
  }

  private functionsFor(
    site: CallSite,
    table: Address | null,
    names: readonly string[],
    { components: [name] }: AccessPath,
  ): readonly FunctionNode[] {
    if (name === undefined || table === null) return [];
    const values = valuesAt(this.pointsTo, site, table, names).flatMap((object) =>
      object.kind === "object" ? [...(this.pointsTo.fieldsOf(object).get(name)?.values ?? [])] : [],
    );
    return functionsIn(values);
  }

  /** The first of the functions is called with what is written, the others each with what the one before gives. */
  private enter(
    writing: Writing,
    chain: readonly FunctionNode[],
    inside: Fact,
    fact: Fact,
    trace: Trace,
  ): void {
    const [callee, ...others] = chain;
    if (callee === undefined) return;
    const { entry, site } = writing;
    const run = this.tabulation.entryOf(callee, inside, noContext);
    const callback = this.writerOf(writing, others);
    if (hasEntered(run, fact, (each) => each.entry === entry && each.callback === callback)) return;
    const parameter = callee.graph.parameters[0]?.name ?? "argument 1";
    const passed = step(
      entry.node,
      site.instruction.at,
      { kind: "passed", parameter, ...called(callee, entry.node) },
      trace,
    );
    const binding = { callee, links: [], result: null };
    this.tabulation.addIncoming(run, { entry, site, binding, callback, fact, trace: passed, before: trace });
  }

  /** Writes what the function returns, or hands it to the next. */
  private writerOf({ site, match, role, target }: Writing, others: readonly FunctionNode[]): CallbackReturn {
    const next = others.map(({ index }) => String(index)).join();
    const key = `${site.id}|${match.model.text}|${target ?? ""}|${next}`;
    let writer = this.writers.get(key);
    if (writer === undefined) {
      writer = (entry, at, fact, inner, previous) => {
        if (fact.base !== returned || fact.path.components.some(isUnprinted)) return;
        const trace = previous === null ? inner : through(inner, previous);
        if (others.length === 0) {
          this.sinks.record(entry, at, match, role, target, fact.state, trace);
          return;
        }
        const inside = this.tabulation.facts.fact(incoming(0), fact.path, fact.state);
        this.enter({ entry, site: at, match, role, target }, others, inside, fact, trace);
      };
      this.writers.set(key, writer);
    }
    return writer;
  }
}

function functionsIn(values: readonly AbstractValue[]): readonly FunctionNode[] {
  return values.flatMap((value) => (value.kind === "function" ? [value.function] : []));
}

/** Behind the name that as many others stand before; elements of lists have none. */
function below({ components }: AccessPath, depth: number): AccessPath {
  let names = 0;
  const end = components.findIndex((each) => !isElement(each) && names++ === depth);
  return accessPath(end === -1 ? [] : components.slice(end + 1));
}
