/** Calls that delete from a store or overwrite in it, each with the entries that lead to it. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { DeletionFacts, Erasure } from "../../contracts/deletion.js";
import type { Flow } from "../../contracts/flow.js";
import type { Companies } from "../../contracts/company.js";
import { media } from "../../contracts/vocabulary.js";
import type { Role } from "../../contracts/model.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { ModelAt } from "../program/model-at.js";
import { clientAt } from "../models/client-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { findCopies } from "../stores/sql-copies.js";
import { collectionsTold, namesOfUntold } from "../stores/collections-told.js";
import { findToldCopies } from "../stores/told-copies.js";
import { plainName } from "../stores/table-names.js";
import type { Tables } from "../stores/tables.js";
import { entriesOn } from "../duties/entries-on-ways.js";
import { promises } from "../duties/done-at-once.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import { waysMeant } from "../duties/ways-meant.js";
import { SwallowedFailures } from "../duties/swallowed-failures.js";
import { markedEntries } from "../duties/marked-entries.js";
import { Cascades, namesOfTables } from "./cascades.js";
import { ErasesOne } from "./erases-one.js";
import { type Erased, erasedBy } from "./erased-by.js";
import { databaseJobs } from "./database-jobs.js";
import { fetchedRequests } from "./fetched-requests.js";
import { findExpiries } from "./expiries.js";
import type { SchemaSources } from "./schema-history.js";
import { delayOf } from "./delayed-jobs.js";
import { PurgeAges } from "../retention/purge-ages.js";
import type { TimeValues } from "../retention/time-values.js";
import type { Writers } from "../points-to/writers.js";
import { HookedDeletions } from "./hooked-deletions.js";
import { joinEntries, joinErasures } from "./joined-erasures.js";
import { isDropped } from "./dropped-promise.js";
import { deletionEntries, heardEntries } from "./heard-entries.js";
import { findSealingKeys } from "./sealing-keys.js";
import { KeptVersions } from "./kept-versions.js";
import { NamedInSettings } from "./named-in-settings.js";
import { NamesNeverGiven } from "./names-never-given.js";
import { isLostOn } from "./lost-on-ways.js";
import { loadedAlong } from "./loaded-relations.js";
import { MarkedRows } from "./marked-rows.js";
import { isWayIn, neverRunAt } from "./never-run-calls.js";
import { NeverSent } from "./never-sent.js";
import { isTidyingName } from "./deletion-names.js";
import { takesRowsOfState } from "./rows-of-a-state.js";
import { stackExpiries } from "./stack-expiries.js";
import { findUnreadSchemas } from "./unread-schemas.js";
import { blankingAssignments } from "./overwritten-columns.js";

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
  readonly marked: MarkedRows;
  readonly hooked: HookedDeletions;
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
  const collections = collectionsTold(pointsTo, models, solved.tables);
  const tableNames = new Map([...namesOfTables(annotations), ...namesOfUntold(collections)]);
  const cascades = new Cascades(annotations, solved, tableNames, collections);
  const settings = new NamedInSettings(pointsTo, models);
  const forOne = new ErasesOne(pointsTo, models);
  const versions = new KeptVersions({ ...solved, settings });
  const erasing = { ...solved, keepers, settings, versions, cascades, hooked: new HookedDeletions(solved) };
  const marked = new MarkedRows({ ...erasing, failures, forOne, tableNames });
  const asked = { ...erasing, kept, ages, neverSent, failures, forOne, marked };
  const erasures: Erasure[] = [...stackExpiries(solved.stackFiles)];
  for (const site of [...pointsTo.sites.values(), ...blankingAssignments(pointsTo)])
    for (const match of models.at(site))
      for (const role of match.model.roles)
        for (const erased of erasedBy(asked, site, match, role))
          if (erased.target === null || !neverGiven.has(site.caller, erased.target))
            erasures.push(...withThoseLeft(asked.cascades, tell(asked, site, match, role, erased)));
  for (const erasure of databaseJobs(asked)) erasures.push(...withThoseLeft(asked.cascades, erasure));
  return {
    unreadSchemas: findUnreadSchemas(solved),
    copies: [...findCopies(solved), ...findToldCopies(solved)],
    sealingKeys,
    expiries: findExpiries(solved),
    erasures: joinErasures(erasures).sort(compareErasures),
    entries: markedEntries(pointsTo, annotations, deletionEntries.kindOf),
    tableNames,
  };
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
  const isHard = erased.medium === "database" && erased.strength === "hard";
  const ways = reached.map((found) => {
    const isForState = isHard && takesRowsOfState(asked, site, match, erased.target, found);
    const way = isForState ? { ...found, isForState } : found;
    if (isLostOn(asked, way, isPromise)) return { ...way, isSwallowed: true, loggedAt: null };
    // A night's job that only logs what failed asks for the same rows in the next night.
    const isAgain =
      way.isSwallowed &&
      isRunInTime(way) &&
      isStarted(asked, way) &&
      asked.marked.asksAgain(site, [match], erased, way);
    return isAgain ? { ...way, isSwallowed: false } : way;
  });
  const unheardEntries = entriesOn(
    [...ways.filter((way) => way.isSwallowed), ...ways.flatMap((way) => requestsForLater(asked, way))],
    annotations,
    deletionEntries,
  ).entries;
  return {
    ...erased,
    recipient: erased.recipient ?? (erased.medium === null ? (match.package.company?.name ?? null) : null),
    ...clientAt(match),
    cascades:
      erased.columns === null && erased.target !== null
        ? cascades.from(erased.target, {
            rows,
            nested,
            loaded: rows ? loadedAlong(asked, site, erased.target, reached) : null,
          })
        : [],
    callee: instruction.kind === "call" ? instruction.name : match.model.text,
    location: locationOf(caller, instruction.at),
    enclosing: locationOf(caller, caller.graph.at),
    isDropped: isDropped(failures, site, match, erased.medium),
    isNeverSent: isSending(role) && neverSent.is(site, role),
    age: (reached.some(isRunInTime) ? ages.of(site, reached) : null) ?? delayOf(asked, reached),
    ...heardEntries(asked, site, ways),
    unheardEntries,
    ...entriesByMarks(asked, site, match, erased, ways, unheardEntries),
    neverRunAt: isAsked && reached.length === 0 ? neverRunAt(asked, site) : null,
  };
}

/** Where only a job does it, the entries that mark what the job is to take away. */
function entriesByMarks(
  asked: Asked,
  site: CallSite,
  match: ModelAt,
  erased: Omit<Erased, "rows">,
  ways: readonly EntryWay[],
  unheard: Erasure["unheardEntries"],
): Partial<Pick<Erasure, "entries" | "entriesForOne" | "unheardEntries">> {
  const jobs = ways.filter((way) => isRunInTime(way) && isStarted(asked, way));
  if (jobs.length === 0 || (erased.strength !== "hard" && erased.strength !== "cryptoshred")) return {};
  const { entries, entriesForOne } = heardEntries(asked, site, ways);
  const fetched = fetchedRequests(asked, site, jobs);
  const marked = asked.marked.entriesOf(site, [match], erased, jobs);
  if (marked === null) return fetched.length === 0 ? {} : { entries: joinEntries(entries, fetched) };
  return {
    entries: joinEntries(entries, [...marked.entries, ...fetched]),
    entriesForOne: joinEntries(entriesForOne, marked.entriesForOne),
    unheardEntries: joinEntries(unheard, marked.unheardEntries),
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

/** The job is put on the calendar where the program comes to, and not in a function that nothing calls. */
function isStarted({ ways }: Asked, { outset: { site } }: EntryWay): boolean {
  if (site?.instruction.kind !== "call" || site.caller.graph.kind === "module") return true;
  return ways.to(site).some(({ outset }) => outset.kind !== "unknown" || outset.isKept === true);
}

/**
 * What puts the job on the calendar of its own process when it is asked: what the process forgets when it ends, nobody
 * hears of.
 */
function requestsForLater({ ways }: Asked, { outset }: EntryWay): readonly EntryWay[] {
  if (outset.kind !== "handler" || outset.isJob !== true || outset.site == null) return [];
  return outset.site.caller.graph.kind === "module" ? [] : ways.to(outset.site);
}

function compareErasures(a: Erasure, b: Erasure): number {
  return (
    (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : 0) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    plainName(a.target ?? "").localeCompare(plainName(b.target ?? ""))
  );
}
