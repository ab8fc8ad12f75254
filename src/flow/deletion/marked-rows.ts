/**
 * Rows that an entry only marks (`SET erase_at = …`), or writes into a table of requests, and that a job takes away later
 * because of that: the entry leads to what the job erases. The job has to ask for just what the entry writes; what else
 * it asks for must not keep it from these rows.
 */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { Erasure } from "../../contracts/deletion.js";
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { DeletionKind, Medium } from "../../contracts/vocabulary.js";
import { assignmentsIn, type SqlAssigned } from "../../models/sql/read-assignments.js";
import { changesRows } from "../corrections/write-effect.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import { type Meant, waysMeant } from "../duties/targets-by-way.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { operandsWritten } from "../heap/written-literals.js";
import { foldEach } from "../models/address-values.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import type { FunctionNode } from "../program/program.js";
import { statementsAt, statementTexts } from "../stores/sql-sinks.js";
import { isSameName } from "../stores/table-names.js";
import { readsBefore } from "./chosen-rows.js";
import { isHidingColumn, isSoftDeletion } from "./deletion-names.js";
import { isDropped, promises } from "./dropped-promise.js";
import { type Erased, erasedBy, type ErasingTools, onEach } from "./erased-by.js";
import { chainOf, type ErasesOne } from "./erases-one.js";
import { givenFor } from "./fixed-values.js";
import { heardEntries } from "./heard-entries.js";
import { LastWrites } from "./last-writes.js";
import { joinEntries } from "./joined-erasures.js";
import { isLostOn } from "./lost-on-ways.js";
import { managedAssignments } from "./overwritten-columns.js";
import { isWayIn } from "./never-run-calls.js";
import { asksForHidden, conditionsAt } from "./row-conditions.js";
import type { RowCondition, RowTest, Scalar } from "./row-tests.js";
import { testsPassed } from "./rows-tested.js";

interface Asked extends ErasingTools {
  readonly annotations: AnnotationTable;
  readonly ways: EntryWays;
  readonly failures: SwallowedFailures;
  readonly forOne: ErasesOne;
  readonly tableNames: ReadonlyMap<string, readonly string[]>;
}

type Put =
  | { readonly kind: "constant"; readonly value: Scalar | null }
  /** A time, one thing or another, or something that is not known. */
  | { readonly kind: "moment" | "perhaps" | "unknown" };

interface Mark {
  readonly medium: Medium | null;
  readonly target: string;
  /** Whether it puts a row of its own there. */
  readonly isNew: boolean;
  /** None: it hides the rows in the client's own way. */
  readonly puts: ReadonlyMap<string, Put> | null;
  /** The client leaves such rows out of what it reads. */
  readonly isLeftOut?: boolean;
  readonly entries: readonly DutyEntry<DeletionKind>[];
  readonly entriesForOne: readonly DutyEntry<DeletionKind>[];
}

type Marked = Omit<Mark, "entries" | "entriesForOne"> & { readonly meant: Meant | null };
type Entries = Pick<Erasure, "entries" | "entriesForOne">;

/** What a new request says of itself where the entry does not. */
const fresh = /^(?:pending|open|new|queued|waiting|requested|todo|scheduled|created|received|none|0)$/iu;
/** Columns that whatever happens to a row sets: what is old by them was not marked by anybody. */
const ofAnyChange =
  /^(?:updated|modified|changed|edited|touched|synced|created|seen|visited|logged|last|mtime)/iu;
const databasesTime = /(?:^|\.)(?:now|fn|raw|sql|literal|serverTimestamp)$/u;
/** A time after which nobody waits: `infinity`. */
const farthest = 20 * 365 * 86_400;

export class MarkedRows {
  private marks: readonly Mark[] | null = null;

  constructor(private readonly asked: Asked) {}

  /** `jobs`: the ways on which the call is run by itself. */
  entriesOf(
    site: CallSite,
    matches: readonly ModelAt[],
    { target, medium }: Pick<Erased, "target" | "medium">,
    jobs: readonly EntryWay[],
  ): Entries | null {
    this.marks ??= this.findMarks();
    if (this.marks.length === 0) return null;
    const deleted = conditionsAt(this.asked, site, matches);
    const own = target === null ? [] : this.marksOf([target], medium, deleted, target);
    const tested = testsPassed(this.asked, site, jobs);
    const read = readsBefore(this.asked, site, jobs).flatMap((each) => {
      const models = this.asked.models.at(each.site);
      const findsHidden = asksForHidden(this.asked, each.site, models);
      const conditions = [...conditionsAt(this.asked, each.site, models), ...each.passed];
      return this.marksOf(this.tablesAt(each.site, models), null, conditions, target, tested).filter(
        (mark) => this.isMeantBy(mark, deleted, medium, target) && (mark.isLeftOut !== true || findsHidden),
      );
    });
    const all = [...own, ...read];
    if (all.length === 0) return null;
    return {
      entries: joinEntries(all.flatMap(({ entries }) => entries)),
      entriesForOne: joinEntries(all.flatMap(({ entriesForOne }) => entriesForOne)),
    };
  }

  /** The marks by which these rows are asked for. `erased`: the table that is erased in the end. */
  private marksOf(
    tables: readonly string[],
    medium: Medium | null,
    asked: readonly RowCondition[],
    erased: string | null,
    tested: readonly RowCondition[] = [],
  ): readonly Mark[] {
    // The row that is erased in the end is there.
    const conditions = asked.filter(
      ({ test }) =>
        test.kind !== "joined" ||
        test.table === null ||
        ![...tables, ...(erased === null ? [] : [erased])].some((each) =>
          this.isSameTable(each, test.table ?? ""),
        ),
    );
    const chosen = conditions.filter(({ test }) => test.kind === "chosen");
    if (chosen.length > 0) {
      const others = conditions.filter(({ test }) => test.kind !== "chosen");
      if (chosen.length > 1 || !others.every(({ test }) => isNoBar(test, false))) return [];
      return chosen.flatMap(({ test }) =>
        test.kind === "chosen" ? this.marksOf(test.tables, medium, test.conditions, erased, tested) : [],
      );
    }
    return (this.marks ?? []).filter(
      (mark) =>
        tables.some((table) => this.isSameTable(table, mark.target)) &&
        // Rows that are put there anew and go again are no request.
        (mark.isNew ? erased === null || !this.isSameTable(erased, mark.target) : true) &&
        asksForMark(mark, conditions, tested),
    );
  }

  /** Whether the deletion takes the rows that were read, and not all others, or only those of another state. */
  private isMeantBy(
    mark: Mark,
    deleted: readonly RowCondition[],
    medium: Medium | null,
    erased: string | null,
  ): boolean {
    if (medium !== "database") return true;
    const isOwn = erased !== null && this.isSameTable(erased, mark.target);
    return deleted.every(({ column, test }) => {
      const put = isOwn && column !== null ? putInto(mark, column) : null;
      return test.kind === "chosen" || (put === null ? isNoBar(test, false) : fits(test, put));
    });
  }

  private isSameTable(one: string, other: string): boolean {
    if (one.includes("*") || other.includes("*")) return false;
    const { tableNames } = this.asked;
    const names = [one, ...(tableNames.get(one) ?? [])];
    const others = [other, ...(tableNames.get(other) ?? [])];
    return names.some((name) => others.some((each) => isSameName(name, each)));
  }

  private tablesAt(site: CallSite, matches: readonly ModelAt[]): readonly string[] {
    const { pointsTo, tables } = this.asked;
    return matches.flatMap(({ model, names }) =>
      model.roles.flatMap((role): readonly string[] => {
        if (role.kind === "sql")
          return statementsAt(pointsTo, site, role, names).flatMap((statement) =>
            statement === null ? [] : [...statement.read, ...statement.deleted, ...statement.written],
          );
        if (role.kind !== "rows") return [];
        const folded = foldEach(pointsTo, site, role.entity.parts, names);
        return folded.flatMap((each) => (each === "*" ? (tables.nameAt(site) ?? []) : [each]));
      }),
    );
  }

  private findMarks(): readonly Mark[] {
    const { pointsTo, models } = this.asked;
    const found: Mark[] = [];
    for (const site of new Set([...pointsTo.sites.values(), ...managedAssignments(pointsTo)])) {
      if (site.caller.copy !== null) continue;
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

  private put(node: FunctionNode, value: ValueId): Put {
    const constant = foldedConstant(this.asked.pointsTo, node, value);
    if (constant !== null) return { kind: "constant", value: constant.value ?? null };
    const offset = this.asked.times.offsetOf(node, value);
    // `knex.fn.now()`: the database's own present.
    const made = offset === null ? definitionOf(node, value) : null;
    if (made?.kind === "call" && databasesTime.test(made.name)) return { kind: "moment" };
    if (offset === null) return { kind: "unknown" };
    return offset > farthest ? { kind: "constant", value: "never" } : { kind: "moment" };
  }
}

/**
 * Whether rows with the mark are asked for, and nothing else keeps the job from them. Of what is tested row by row only
 * what is marked counts: that other tests may hold it back is so of every way.
 */
function asksForMark(
  mark: Mark,
  conditions: readonly RowCondition[],
  tested: readonly RowCondition[],
): boolean {
  let isAsked = mark.isNew;
  for (const { column, test } of tested) {
    const put = column === null ? null : putInto(mark, column);
    if (put === null || ofAnyChange.test(column ?? "")) continue;
    if (!fits(test, put)) return false;
    isAsked = true;
  }
  for (const { column, test } of conditions) {
    const put = column === null ? null : putInto(mark, column);
    if (put === null) {
      if (!isNoBar(test, mark.isNew)) return false;
    } else if (!fits(test, put) || (!mark.isNew && ofAnyChange.test(column ?? ""))) return false;
    else isAsked = true;
  }
  return isAsked;
}

function putInto({ puts }: Mark, column: string): Put | null {
  if (puts === null) return isHidingColumn(column) ? { kind: "moment" } : null;
  for (const [name, put] of puts) if (isSameName(name, column)) return put;
  return null;
}

/** Does the test hold of what was put there? Of what is not known, only what holds of any value. */
function fits(test: RowTest, put: Put): boolean {
  if (put.kind === "perhaps") return false;
  switch (test.kind) {
    case "truthy":
      return put.kind !== "constant" || Boolean(put.value);
    case "set":
      return put.kind !== "constant" || put.value !== null;
    case "unset":
      return put.kind === "constant" && put.value === null;
    case "due":
      return put.kind === "moment";
    case "equals":
      return (
        put.kind === "constant" &&
        put.value !== null &&
        test.values.some((each) => isSameScalar(each, put.value))
      );
    // A key is the same as itself.
    case "handed":
      return put.kind === "unknown";
    default:
      return false;
  }
}

/** A column that the entry leaves as it is: what is asked of it holds of rows in their first state. */
function isNoBar(test: RowTest, isRequest: boolean): boolean {
  switch (test.kind) {
    case "unset":
    case "differs":
    case "handed":
      return true;
    case "due":
      return isRequest;
    case "equals":
      return test.values.some(
        (each) => each === false || each === 0 || (isRequest && typeof each === "string" && fresh.test(each)),
      );
    default:
      return false;
  }
}

function isSameScalar(one: Scalar, other: Scalar | null): boolean {
  const plain = (each: Scalar | null): string => (each === true ? "1" : each === false ? "0" : String(each));
  return plain(one) === plain(other);
}
