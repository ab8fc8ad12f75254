/** Calls that delete from a store or overwrite in it, each with the entries that lead to it. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { DeletionFacts, Erasure } from "../../contracts/deletion.js";
import type { Flow } from "../../contracts/flow.js";
import type { Companies } from "../../contracts/company.js";
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import { media } from "../../contracts/vocabulary.js";
import type { Role } from "../../contracts/model.js";
import { foldEach, valuesAt } from "../models/address-values.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { ModelAt } from "../program/model-at.js";
import { clientAt } from "../models/client-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import type { SiteModels } from "../models/site-models.js";
import { findCopies } from "../stores/sql-copies.js";
import { findToldCopies } from "../stores/told-copies.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { plainName } from "../stores/table-names.js";
import type { Tables } from "../stores/tables.js";
import { entriesOn } from "../duties/entries-on-ways.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import { type Meant, targetsByWay, waysMeant } from "../duties/targets-by-way.js";
import { SwallowedFailures } from "../duties/swallowed-failures.js";
import { markedEntries } from "../duties/marked-entries.js";
import { Cascades, namesOfTables } from "./cascades.js";
import { ErasesOne } from "./erases-one.js";
import { findExpiries, secondsAt } from "./expiries.js";
import type { SchemaSources } from "./schema-history.js";
import { isPutAside } from "./extended-deletes.js";
import { companiesAsked } from "./requests-to-erase.js";
import { delayOf } from "./delayed-jobs.js";
import { PurgeAges } from "../retention/purge-ages.js";
import type { TimeValues } from "../retention/time-values.js";
import type { Writers } from "../points-to/writers.js";
import { isRenamed } from "./renamed-calls.js";
import { joinErasures } from "./joined-erasures.js";
import { isDropped, promises } from "./dropped-promise.js";
import { deletionEntries, heardEntries } from "./heard-entries.js";
import { findSealingKeys } from "./sealing-keys.js";
import { KeptVersions } from "./kept-versions.js";
import { keysHaving } from "./keys-having.js";
import { findNestings } from "./nestings.js";
import { NamedInSettings } from "./named-in-settings.js";
import { NamesNeverGiven } from "./names-never-given.js";
import { isLostOn } from "./lost-on-ways.js";
import { isWayIn, neverRunAt } from "./never-run-calls.js";
import { NeverSent } from "./never-sent.js";
import { isTidyingName } from "./deletion-names.js";
import { columnsErased } from "./columns-erased.js";
import { relatedRemovals } from "./related-removals.js";
import { softenedTo } from "./softened-deletes.js";
import { stackExpiries } from "./stack-expiries.js";
import { targetsOf } from "./targets-of.js";
import { findUnreadSchemas } from "./unread-schemas.js";
import {
  blankingAssignments,
  columnsNulled,
  leavesNothing,
  overwrittenColumns,
  type Overwritten,
} from "./overwritten-columns.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly annotations: AnnotationTable;
  readonly tables: Tables;
  readonly instances: InstanceValues;
  readonly ways: EntryWays;
  readonly flows: readonly Flow[];
  readonly sqlFiles: SchemaSources["sqlFiles"];
  readonly stackFiles: Parameters<typeof stackExpiries>[0];
  readonly times: TimeValues;
  readonly writers: Writers;
  readonly companies: Companies;
}

interface Asked extends Solved {
  /** Media that child data lies in. */
  readonly kept: ReadonlySet<string>;
  /** Companies that keep child data until they are told to erase it. */
  readonly keepers: ReadonlySet<string>;
  readonly cascades: Cascades;
  readonly ages: PurgeAges;
  readonly neverSent: NeverSent;
  readonly failures: SwallowedFailures;
  readonly settings: NamedInSettings;
  readonly forOne: ErasesOne;
  readonly versions: KeptVersions;
}

/** What a call erases, before it is known from where it is reached. */
interface Erased extends Pick<Erasure, "medium" | "target" | "columns" | "strength" | "seconds"> {
  /** A company that a request tells to erase; otherwise that of the package. */
  readonly recipient?: string;
  /** The ways on which it is erased; none: on all. */
  readonly meant?: Meant | null;
  /** Rows that were read are deleted one by one. */
  readonly rows: boolean;
  /** What lies within goes too. */
  readonly nested?: boolean | undefined;
}

export function findErasures(solved: Solved): DeletionFacts {
  const { pointsTo, models, annotations, flows } = solved;
  const sealingKeys = findSealingKeys(solved);
  // A key may lie in another medium than what it seals.
  const isKeyKept = sealingKeys.some(({ targets }) => targets.length > 0);
  const kept = new Set(isKeyKept ? media : flows.flatMap(({ sink }) => sink.medium ?? []));
  const keepers = new Set(
    flows.flatMap(({ sink: { role, target, recipient } }) =>
      (role === "disclose" || role === "http") && target !== null && recipient !== null ? [recipient] : [],
    ),
  );
  const ages = new PurgeAges(pointsTo, models, solved.writers, solved.times);
  const neverSent = new NeverSent(pointsTo);
  const failures = new SwallowedFailures(pointsTo, models);
  const neverGiven = new NamesNeverGiven(pointsTo, solved.ways);
  const cascades = new Cascades(annotations, solved, findNestings(pointsTo, models, solved.tables));
  const settings = new NamedInSettings(pointsTo, models);
  const forOne = new ErasesOne(pointsTo, models);
  const versions = new KeptVersions({ ...solved, settings });
  const asked = { ...solved, kept, keepers, ages, neverSent, failures, cascades, settings, forOne, versions };
  const erasures: Erasure[] = [...stackExpiries(solved.stackFiles)];
  for (const site of [...pointsTo.sites.values(), ...blankingAssignments(pointsTo)])
    for (const match of models.at(site))
      for (const role of match.model.roles)
        for (const erased of erasedBy(asked, site, match, role))
          if (erased.target === null || !neverGiven.has(site.caller, erased.target))
            erasures.push(...withThoseLeft(asked.cascades, tell(asked, site, match, role, erased)));
  return {
    unreadSchemas: findUnreadSchemas(solved),
    copies: [...findCopies(solved), ...findToldCopies(solved)],
    sealingKeys,
    expiries: findExpiries(solved),
    erasures: joinErasures(erasures).sort(compareErasures),
    entries: markedEntries(pointsTo, annotations, deletionEntries.kindOf),
    tableNames: namesOfTables(annotations),
  };
}

function erasedBy(solved: Asked, site: CallSite, match: ModelAt, role: Role): readonly Erased[] {
  const { pointsTo, tables, versions } = solved;
  switch (role.kind) {
    case "delete": {
      if (role.strength === "versions") return [];
      if (role.leaving != null && !leavesNothing(solved, site, role.leaving)) return [];
      const { medium } = role;
      const seconds = role.strength === "ttl" ? secondsAt(pointsTo, solved.times, site, match) : null;
      const isOther =
        isPutAside(solved, site, match, role) ||
        (role.renames != null && isRenamed(pointsTo, site, match, role.renames));
      const strength = isOther
        ? "soft"
        : (softenedTo(pointsTo, site, match.names[0] ?? "", match.names, role) ?? role.strength);
      const rows = role.rows === true;
      const named = role.target;
      if (named === null) return [{ medium, target: null, columns: null, strength, seconds, rows }];
      const told = keysHaving(pointsTo, site, role, match.names) ?? namedBySettings(solved, site, role);
      if (told !== null)
        return told.map((target) => ({ medium, target, columns: null, strength, seconds, rows }));
      return onEach(solved, site, medium, (read) => targetsOf(pointsTo, site, named, match.names, read)).map(
        ({ target, meant }) => {
          const hides = role.hiding && tables.entities.named(target)?.hides === true;
          const isKept = versions.stays(site, role, target);
          const how = hides ? "soft" : isKept ? "versions" : strength;
          return { medium, target, meant, columns: null, strength: how, seconds, rows, nested: role.nested };
        },
      );
    }
    case "sql":
      return erasedByStatements(solved, site, match, role);
    case "store":
      return [
        ...overwrittenAt(solved, site, match, role, overwrittenColumns(solved, site, role, match.names)),
        ...relatedRemovals(solved, site, role, match.names).map(({ target, softened }): Erased => {
          const strength = softened ?? "hard";
          return { medium: role.medium, target, columns: null, strength, seconds: null, rows: false };
        }),
      ];
    case "erase":
      return overwrittenAt(solved, site, match, role, columnsErased(solved, site, role, match.names));
    case "http":
      return companiesAsked(pointsTo, solved.companies, solved.keepers, site, role, match.names).map(
        (recipient) => ({
          medium: null,
          target: null,
          recipient,
          columns: null,
          strength: "hard",
          seconds: null,
          rows: false,
        }),
      );
    default:
      return [];
  }
}

function overwrittenAt(
  solved: Asked,
  site: CallSite,
  { names }: ModelAt,
  role: Extract<Role, { kind: "store" | "erase" }>,
  columns: Overwritten,
): readonly Erased[] {
  const { medium } = role;
  if (columns.erased.length + columns.hiding.length === 0) return [];
  if (role.kind === "store" && medium !== "database") return [];
  const named = role.target ?? (role.kind === "store" ? role.entity : null);
  if (named === null) return [overwriting(medium, solved.tables.nameAt(site), columns)];
  return onEach(solved, site, medium, (read) =>
    foldEach(solved.pointsTo, site, named.parts, names, read),
  ).map(({ target, meant }) => ({ ...overwriting(medium, target, columns), meant }));
}

/** What the statements delete or blank out, on each of the ways that they are told apart by: `DELETE FROM ${table}`. */
function erasedByStatements(
  solved: Asked,
  site: CallSite,
  { names }: ModelAt,
  role: Extract<Role, { kind: "sql" }>,
): Erased[] {
  const { pointsTo } = solved;
  const { medium } = role;
  const told = new Map<string, Erased>();
  const keep = (erased: Erased): string => {
    const key = `${String(erased.target)}\t${erased.columns?.join() ?? ""}`;
    told.set(key, erased);
    return key;
  };
  return targetsByWay(solved, site, (read) =>
    statementsAt(pointsTo, site, role, names, read).flatMap((statement) => {
      if (statement === null) return [];
      const gone = statement.deleted.map((target) =>
        keep({ medium, target, columns: null, strength: "hard", seconds: null, rows: false }),
      );
      const nulled = [...columnsNulled(pointsTo, site, role, statement)];
      return [...gone, ...nulled.map(([target, columns]) => keep(overwriting(medium, target, columns)))];
    }),
  ).flatMap(({ targets, meant }) =>
    [...new Set(targets)].flatMap((key) => {
      const erased = told.get(key);
      return erased === undefined ? [] : [{ ...erased, meant }];
    }),
  );
}

/** Where the call does not name what it makes, the settings by which own code knows it; null: it is named. */
function namedBySettings(
  { pointsTo, settings }: Asked,
  site: CallSite,
  role: DeleteRole,
): readonly string[] | null {
  if (role.setting == null) return null;
  const isNamed = role.target?.parts.some(
    (part) => typeof part !== "string" && valuesAt(pointsTo, site, part).length > 0,
  );
  if (isNamed === true) return null;
  return settings.of(site, role);
}

/** Each target with the ways on which it is meant; a table also by the type that is written. */
function onEach(
  { instances, tables, pointsTo }: Solved,
  site: CallSite,
  medium: Erased["medium"],
  targetsIn: (read?: ReadValues) => readonly string[],
): { readonly target: string; readonly meant: Meant | null }[] {
  return targetsByWay({ instances, tables, pointsTo }, site, targetsIn).flatMap(({ targets, meant }) =>
    targets.map((folded) => ({
      target: folded === "*" && medium === "database" ? (tables.nameAt(site) ?? folded) : folded,
      meant,
    })),
  );
}

/** What is overwritten is gone; where only a column says so, the row is hidden. */
function overwriting(
  medium: Erased["medium"],
  target: string | null,
  { erased, hiding }: Overwritten,
): Erased {
  return erased.length === 0 && hiding.length > 0
    ? { medium, target, columns: null, strength: "soft", seconds: null, rows: false }
    : { medium, target, columns: erased, strength: "hard", seconds: null, rows: false };
}

function tell(
  asked: Asked,
  site: CallSite,
  match: ModelAt,
  role: Role,
  { rows, nested, meant = null, ...erased }: Erased,
): Erasure {
  const { annotations, cascades, kept, ages, neverSent, failures, pointsTo, instances } = asked;
  const { instruction, caller } = site;
  // From where it is reached is only asked of what keeps child data.
  const isAsked = erased.medium === null || kept.has(erased.medium);
  const reached = isAsked
    ? waysMeant({ ways: asked.ways, pointsTo, instances }, site, meant).filter((way) => isWayIn(asked, way))
    : [];
  const isPromise = promises(site, match, erased.medium);
  const ways = reached.map((way) =>
    way.isSwallowed || isLostOn(asked, way, isPromise) ? { ...way, isSwallowed: true } : way,
  );
  return {
    ...erased,
    recipient: erased.recipient ?? (erased.medium === null ? (match.package.company?.name ?? null) : null),
    ...clientAt(match),
    cascades:
      erased.columns === null && erased.target !== null ? cascades.from(erased.target, { rows, nested }) : [],
    callee: instruction.kind === "call" ? instruction.name : match.model.text,
    location: locationOf(caller, instruction.at),
    enclosing: locationOf(caller, caller.graph.at),
    isDropped: isDropped(failures, site, match, erased.medium),
    isNeverSent: isSending(role) && neverSent.is(site, role),
    age: (reached.some(isRunInTime) ? ages.of(site, reached) : null) ?? delayOf(asked, reached),
    ...heardEntries(asked, site, ways),
    unheardEntries: entriesOn(
      ways.filter((way) => way.isSwallowed),
      annotations,
      deletionEntries,
    ).entries,
    neverRunAt: isAsked && reached.length === 0 ? neverRunAt(asked, site) : null,
  };
}

/** Beside what is deleted, the rows of other tables that stay though they belong to it. */
function withThoseLeft(cascades: Cascades, erasure: Erasure): Erasure[] {
  const { medium, target, columns, strength } = erasure;
  if (medium !== "database" || target === null || columns !== null || strength !== "hard") return [erasure];
  const left = cascades.staying(target, erasure.cascades);
  return [
    erasure,
    ...left.map(({ table, strength: how }) => ({ ...erasure, target: table, cascades: [], strength: how })),
  ];
}

function isSending(role: Role): role is Extract<Role, { kind: "delete" | "sql" | "erase" | "store" }> {
  return role.kind === "delete" || role.kind === "sql" || role.kind === "erase" || role.kind === "store";
}

/** By a timer, by a script, by whoever is there to tidy up: what nothing runs removes nothing. */
function isRunInTime({ outset, name }: EntryWay): boolean {
  if (outset.kind === "handler") return outset.isJob === true || isTidyingName(name);
  return outset.kind === "module";
}

function compareErasures(a: Erasure, b: Erasure): number {
  return (
    (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : 0) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    plainName(a.target ?? "").localeCompare(plainName(b.target ?? ""))
  );
}
