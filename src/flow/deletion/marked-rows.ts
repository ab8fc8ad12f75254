/**
 * Rows that an entry only marks (`SET erase_at = …`), or writes into a table of requests, and that a job takes away later
 * because of that: the entry leads to what the job erases. The job has to ask for just what the entry writes; what else
 * it asks for must not keep it from these rows.
 */
import type { Erasure } from "../../contracts/deletion.js";
import { conditionsIn } from "../../models/sql/read-conditions.js";
import type { Medium } from "../../contracts/vocabulary.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { foldEach } from "../models/address-values.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { isSameName } from "../stores/table-names.js";
import { readsBefore } from "./chosen-rows.js";
import { type Erased } from "./erased-by.js";
import { joinEntries } from "./joined-erasures.js";
import { asksForHidden, conditionsAt } from "./row-conditions.js";
import { byItself, type RowCondition, type RowTest, waysToHold } from "./row-tests.js";
import { RunAgain } from "./run-again.js";
import { testsPassed } from "./rows-tested.js";
import { type MarkingTools, MarkFinder } from "./mark-finder.js";
import { asksForMark, fits, isNoBar, type Mark, meansOthers, putInto } from "./marks.js";

interface Asked extends MarkingTools {
  readonly tableNames: ReadonlyMap<string, readonly string[]>;
}

type Entries = Pick<Erasure, "entries" | "entriesForOne" | "unheardEntries">;

/** What somebody else has to put there first. */
const deciding = /approv|grant|consent|confirm|verif|review|decision|decid|sign|authori|permi|acknow/iu;
/** Of more, each is taken as if it were all of them. */
const mostJobs = 8;

export class MarkedRows {
  private marks: readonly Mark[] | null = null;
  private readonly again: RunAgain;

  constructor(private readonly asked: Asked) {
    this.again = new RunAgain(asked);
  }

  /** `jobs`: the ways on which the call is run by itself. */
  entriesOf(
    site: CallSite,
    matches: readonly ModelAt[],
    { target, medium }: Pick<Erased, "target" | "medium">,
    jobs: readonly EntryWay[],
  ): Entries | null {
    this.marks ??= new MarkFinder(this.asked).find();
    if (this.marks.length === 0) return null;
    const found = jobs.length > mostJobs ? [jobs] : jobs.map((job) => [job]);
    const all = found.flatMap((each) =>
      this.marksAlong(site, matches, { target, medium }, each).map((mark) => ({
        mark,
        isHeard: each.every((job) => !job.isSwallowed || this.isFoundAgain(site, job, mark, target)),
      })),
    );
    if (all.length === 0) return null;
    const heard = all.flatMap(({ mark, isHeard }) => (isHeard ? [mark] : []));
    return {
      entries: joinEntries(heard.flatMap(({ entries }) => entries)),
      entriesForOne: joinEntries(heard.flatMap(({ entriesForOne }) => entriesForOne)),
      unheardEntries: joinEntries(all.flatMap(({ mark, isHeard }) => (isHeard ? [] : mark.entries))),
    };
  }

  /** Of a statement that the database runs by itself: those who mark the rows that it deletes. */
  entriesOfStatement(text: string, target: string): Entries["entries"] {
    this.marks ??= new MarkFinder(this.asked).find();
    if (this.marks.length === 0) return [];
    const marks = this.marksOf([target], "database", conditionsIn(text).map(byItself), target);
    return marks.flatMap(({ entries }) => entries);
  }

  /** The job asks for the rows by itself, and the next run asks for what this one did not erase. */
  asksAgain(
    site: CallSite,
    matches: readonly ModelAt[],
    { target }: Pick<Erased, "target">,
    job: EntryWay,
  ): boolean {
    const read = readsBefore(this.asked, site, [job]).flatMap((each) =>
      this.tablesAt(each.site, this.asked.models.at(each.site)),
    );
    const asked = { ...this.asked, passages: new Set(job.way.passages) };
    const isHanded = conditionsAt(asked, site, matches).some(
      ({ test }) => test.kind === "handed" || test.kind === "unknown",
    );
    if (target === null || (isHanded && read.length === 0)) return false;
    const isOwn = read.every((table) => this.isSameTable(table, target));
    return this.again.finds(
      site,
      job,
      (table) => [target, ...read].some((each) => this.isSameTable(each, table)),
      isOwn,
    );
  }

  private isFoundAgain(site: CallSite, job: EntryWay, { target }: Mark, erased: string | null): boolean {
    const isOwn = erased !== null && this.isSameTable(erased, target);
    return this.again.finds(site, job, (table) => this.isSameTable(table, target), isOwn);
  }

  private marksAlong(
    site: CallSite,
    matches: readonly ModelAt[],
    { target, medium }: Pick<Erased, "target" | "medium">,
    jobs: readonly EntryWay[],
  ): readonly Mark[] {
    const passages = new Set(jobs.flatMap(({ way }) => way.passages));
    const asked = { ...this.asked, passages };
    const deleted = conditionsAt(asked, site, matches);
    const own = target === null ? [] : this.marksOf([target], medium, deleted, target);
    const tested = testsPassed(this.asked, site, jobs);
    const read = readsBefore(this.asked, site, jobs).flatMap((each) => {
      const models = this.asked.models.at(each.site);
      const findsHidden = asksForHidden(this.asked, each.site, models);
      const conditions = [
        ...conditionsAt({ ...asked, calls: each.calls }, each.site, models),
        ...each.passed,
      ];
      return this.marksOf(this.tablesAt(each.site, models), null, conditions, target, tested).filter(
        (mark) => this.isMeantBy(mark, deleted, medium, target) && (mark.isLeftOut !== true || findsHidden),
      );
    });
    return [...own, ...read];
  }

  /** The marks by which these rows are asked for. `erased`: the table that is erased in the end. */
  private marksOf(
    tables: readonly string[],
    medium: Medium | null,
    asked: readonly RowCondition[],
    erased: string | null,
    tested: readonly RowCondition[] = [],
  ): readonly Mark[] {
    return waysToHold(asked).flatMap((way) => this.marksHeld(tables, medium, way, erased, tested));
  }

  private marksHeld(
    tables: readonly string[],
    medium: Medium | null,
    conditions: readonly RowCondition[],
    erased: string | null,
    tested: readonly RowCondition[],
  ): readonly Mark[] {
    const chosen = conditions.filter(({ test }) => test.kind === "chosen");
    if (chosen.length > 0) {
      const others = conditions.filter(({ test }) => test.kind !== "chosen");
      const [only] = chosen;
      // `WHERE status = 'open' AND id = (SELECT id FROM requests …)`: of the same rows both is asked.
      if (chosen.length === 1 && only?.test.kind === "chosen" && this.areSameTables(only.test.tables, tables))
        return this.marksOf(tables, medium, [...only.test.conditions, ...others], erased, tested);
      if (chosen.length > 1 || !others.every(({ column, test }) => isNoBar(test, false, column))) return [];
      return chosen.flatMap(({ test }) =>
        test.kind === "chosen" ? this.marksOf(test.tables, medium, test.conditions, erased, tested) : [],
      );
    }
    return (this.marks ?? []).filter(
      (mark) =>
        tables.some((table) => this.isSameTable(table, mark.target)) &&
        // Rows that are put there anew and go again are no request.
        (mark.isNew ? erased === null || !this.isSameTable(erased, mark.target) : true) &&
        asksForMark(
          mark,
          conditions.filter(({ test }) => !this.isThere(test, mark, erased)),
          tested,
        ),
    );
  }

  /** The row that is asked for, the one that is erased in the end, and what either points to. */
  private isThere(test: RowTest, { target }: Mark, erased: string | null): boolean {
    if (test.kind !== "joined" || test.table === null) return false;
    const { table, byKey } = test;
    return (
      this.isSameTable(table, target) ||
      (erased !== null && this.isSameTable(table, erased)) ||
      (byKey && !deciding.test(table))
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
    return waysToHold(deleted).some((way) =>
      way.every(({ column, test }) => {
        const put = isOwn && column !== null ? putInto(mark, column) : null;
        if (put !== null) return fits(test, put);
        if (test.kind === "lacking" && test.tables?.some((table) => this.isSameTable(table, mark.target)))
          return false;
        return !meansOthers(test, column);
      }),
    );
  }

  private areSameTables(some: readonly string[], others: readonly string[]): boolean {
    const areAmong = (these: readonly string[], those: readonly string[]): boolean =>
      these.every((one) => those.some((each) => this.isSameTable(one, each)));
    return areAmong(some, others) && areAmong(others, some);
  }

  isSameTable(one: string, other: string): boolean {
    if (one.includes("*") || other.includes("*")) return false;
    const { tableNames } = this.asked;
    const names = [one, ...(tableNames.get(one) ?? [])];
    const others = [other, ...(tableNames.get(other) ?? [])];
    return names.some((name) => others.some((each) => isSameName(name, each)));
  }

  tablesAt(site: CallSite, matches: readonly ModelAt[]): readonly string[] {
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
}
