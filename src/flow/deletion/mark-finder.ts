/** Calls by which an entry marks rows: `SET erase_at = …`, a hiding deletion, a row in a table of requests. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { Medium } from "../../contracts/vocabulary.js";
import { assignedBy, assignmentsIn, type SqlAssigned } from "../../models/sql/read-assignments.js";
import { changesRows } from "../corrections/write-effect.js";
import { promises } from "../duties/done-at-once.js";
import type { EntryWays } from "../duties/entry-ways.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import type { Meant } from "../duties/targets-by-way.js";
import { waysMeant } from "../duties/ways-meant.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { operandsWritten } from "../heap/written-literals.js";
import { foldEach } from "../models/address-values.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import type { FunctionNode } from "../program/program.js";
import { statementsAt, statementTexts } from "../stores/sql-sinks.js";
import { isSoftDeletion } from "./deletion-names.js";
import { isDropped } from "./dropped-promise.js";
import { erasedBy, type ErasingTools, onEach } from "./erased-by.js";
import { chainOf, type ErasesOne } from "./erases-one.js";
import { givenFor } from "./fixed-values.js";
import { heardEntries } from "./heard-entries.js";
import { LastWrites } from "./last-writes.js";
import { isLostOn } from "./lost-on-ways.js";
import { managedAssignments } from "./overwritten-columns.js";
import { isWayIn } from "./never-run-calls.js";
import { rawText } from "./row-tests.js";
import { isFromNow } from "./moments-put.js";
import type { Mark, Put } from "./marks.js";

export interface MarkingTools extends ErasingTools {
  readonly annotations: AnnotationTable;
  readonly ways: EntryWays;
  readonly failures: SwallowedFailures;
  readonly forOne: ErasesOne;
}

type Entries = Pick<Mark, "entries" | "entriesForOne">;
type Marked = Omit<Mark, keyof Entries> & { readonly meant: Meant | null };

const databasesTime = /(?:^|\.)(?:now|fn|raw|sql|literal|serverTimestamp)$/u;
/** A time after which nobody waits: `infinity`. */
const farthest = 20 * 365 * 86_400;

/** All that entries mark in the program. */
export class MarkFinder {
  constructor(private readonly asked: MarkingTools) {}

  find(): readonly Mark[] {
    const { pointsTo, models } = this.asked;
    const found: Mark[] = [];
    for (const site of new Set([...pointsTo.sites.values(), ...managedAssignments(pointsTo)])) {
      for (const match of models.at(site))
        for (const role of match.model.roles)
          for (const { meant, ...marked } of this.markedBy(site, match, role)) {
            const entries = this.entriesTo(site, match, marked.medium, meant);
            if (entries !== null) found.push({ ...marked, ...entries });
          }
    }
    return found;
  }

  private entriesTo(
    site: CallSite,
    match: ModelAt,
    medium: Medium | null,
    meant: Meant | null,
  ): Entries | null {
    const { asked } = this;
    if (isDropped(asked.failures, site, match, medium)) return null;
    const isPromise = promises(site, match, medium);
    const ways = waysMeant(asked, site, meant).filter(
      (way) => isWayIn(asked, way) && !way.isSwallowed && !isLostOn(asked, way, isPromise),
    );
    const { entries, entriesForOne } = heardEntries(asked, site, ways);
    return entries.length + entriesForOne.length === 0 ? null : { entries, entriesForOne };
  }

  private markedBy(site: CallSite, match: ModelAt, role: Role): readonly Marked[] {
    const { asked } = this;
    const { instruction } = site;
    const isLeftOut =
      role.kind === "delete" &&
      (role.hiding ||
        (instruction.kind === "call" &&
          chainOf(site.caller, instruction).some(({ name }) => isSoftDeletion(name))));
    switch (role.kind) {
      case "delete":
        return erasedBy(asked, site, match, role).flatMap(({ target, medium, strength, meant = null }) =>
          target !== null && strength === "soft"
            ? [{ medium, target, isNew: false, puts: null, isLeftOut, meant }]
            : [],
        );
      case "sql":
        return this.putByStatements(site, match, role);
      case "store":
        return this.putByCall(site, match, role);
      default:
        return [];
    }
  }

  private putByCall(
    site: CallSite,
    { names }: ModelAt,
    role: Extract<Role, { kind: "store" }>,
  ): readonly Marked[] {
    const { pointsTo, models, tables } = this.asked;
    const named = role.target ?? role.entity;
    const { medium } = role;
    const isNew = medium !== "database" || !changesRows(pointsTo, models, site, role, names);
    const puts = this.putAt(site, role);
    if (puts.size === 0 && !isNew) return [];
    const own = tables.nameAt(site);
    if (named === null) return own === null ? [] : [{ medium, target: own, isNew, puts, meant: null }];
    return onEach(this.asked, site, medium, (read) => foldEach(pointsTo, site, named.parts, names, read)).map(
      ({ target, meant }) => ({ medium, target, isNew, puts, meant }),
    );
  }

  private putAt(site: CallSite, role: Extract<Role, { kind: "store" }>): ReadonlyMap<string, Put> {
    const { instruction, caller, point } = site;
    const puts = new Map<string, Put>();
    // `kid.eraseAt = …`, which its client writes back.
    if (instruction.kind === "store" && instruction.property.kind === "name")
      puts.set(instruction.property.name, this.put(caller, instruction.value));
    const { pointsTo, writers, models } = this.asked;
    const last = new LastWrites(pointsTo, writers, models);
    for (const address of role.data)
      for (const operand of operandsWritten(site, address))
        for (const [column, standing] of last.of(caller, operand, point)) {
          const [only, ...others] = standing;
          if (only != null && others.length === 0) puts.set(column, this.put(only.node, only.value));
        }
    return puts;
  }

  private putByStatements(
    site: CallSite,
    { names }: ModelAt,
    role: Extract<Role, { kind: "sql" }>,
  ): readonly Marked[] {
    const { pointsTo } = this.asked;
    const { medium } = role;
    return statementTexts(pointsTo, site, role, names).flatMap((text) => {
      const verb = /^\s*(\w+)/u.exec(text)?.[1]?.toLowerCase();
      if (verb !== "update" && verb !== "insert" && verb !== "replace") return [];
      const puts = new Map(
        assignmentsIn(text).map(({ column, value }) => [column, this.assigned(site, role, value)] as const),
      );
      const tables = statementsAt(pointsTo, site, role, names).flatMap(
        (statement) => statement?.written ?? [],
      );
      return [...new Set(tables)].map((target) => ({
        medium,
        target,
        isNew: verb !== "update",
        puts,
        meant: null,
      }));
    });
  }

  private assigned(site: CallSite, role: Extract<Role, { kind: "sql" }>, value: SqlAssigned): Put {
    if (value.kind !== "placeholder") return value;
    const [given, ...others] = givenFor(site, role.values, value.placeholder);
    return given === undefined || others.length > 0 ? { kind: "unknown" } : this.put(site.caller, given);
  }

  /** `set({ eraseAt: () => "NOW() + INTERVAL '7 days'" })` */
  private putAsText(node: FunctionNode, value: ValueId): Put | null {
    const { pointsTo } = this.asked;
    const functions = [...pointsTo.valuesOf(node, value)].flatMap((each) =>
      each.kind === "function" ? [each.function] : [],
    );
    const [only, ...others] = functions.flatMap((each) =>
      each.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [foldedConstant(pointsTo, each, end.value)?.value] : [],
      ),
    );
    if (typeof only !== "string" || others.length > 0) return null;
    const put = assignedBy(only);
    return put.kind === "placeholder" ? null : put;
  }

  private put(node: FunctionNode, value: ValueId): Put {
    const constant = foldedConstant(this.asked.pointsTo, node, value);
    // What databases take for their present: `"now()"`.
    if (typeof constant?.value === "string" && /^now(?:\(\))?$/iu.test(constant.value))
      return { kind: "moment" };
    if (constant !== null) return { kind: "constant", value: constant.value ?? null };
    const mayBeNone = [...this.asked.pointsTo.valuesOf(node, value)].some(
      (each) => each.kind === "constant" && (each.value === null || each.value === undefined),
    );
    if (mayBeNone) return { kind: "perhaps" };
    const offset = this.asked.times.offsetOf(node, value);
    // `knex.fn.now()`: the database's own present.
    const text = rawText(this.asked.pointsTo, node, value);
    const raw = text === null ? null : assignedBy(text);
    if (raw !== null && raw.kind !== "placeholder") return raw;
    const made = offset === null ? definitionOf(node, value) : null;
    if (made?.kind === "call" && databasesTime.test(made.name)) return { kind: "moment" };
    if (offset === null)
      return (
        this.putAsText(node, value) ?? { kind: isFromNow(this.asked, node, value) ? "moment" : "unknown" }
      );
    return offset > farthest ? { kind: "constant", value: "never" } : { kind: "moment" };
  }
}
