/** Calls that write to stores, each with what it changes there and the entries that lead to it with that. */
import { compareLocations } from "../../base/location.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { Change, ChangedPart } from "../../contracts/correction.js";
import type { Instruction } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { foldEach } from "../models/address-values.js";
import { entriesOn, type EntriesFound, type EntryTelling } from "../duties/entries-on-ways.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import { type Meant, targetsByWay } from "../duties/targets-by-way.js";
import { waysMeant } from "../duties/ways-meant.js";
import type { NewData } from "../guards/new-data.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { ModelAt } from "../program/model-at.js";
import { clientAt } from "../models/client-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import type { Arrival } from "../sinks/sink-hits.js";
import type { SinkHit, SinkRecorder } from "../sinks/sinks.js";
import type { SiteModels } from "../models/site-models.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { isSameName, plainName } from "../stores/table-names.js";
import type { Tables } from "../stores/tables.js";
import type { Writers } from "../points-to/writers.js";
import { changesRows, columnsOnConflict } from "./write-effect.js";
import { isCorrectionJob, isCorrectionName } from "./correction-names.js";
import { readsFrom } from "./read-stores.js";
import { ColumnsOfWrites, type WrittenColumns } from "./written-columns.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly annotations: AnnotationTable;
  readonly sinks: SinkRecorder;
  readonly instances: InstanceValues;
  readonly tables: Tables;
  readonly hits: readonly SinkHit[];
  readonly ways: EntryWays;
  readonly fresh: NewData;
  readonly writers: Writers;
}

type WriteRole = Extract<Role, { kind: "store" | "sql" }>;
/** The columns that a call writes in one table, and the objects on whose methods it does. */
interface WrittenTo {
  readonly target: string | null;
  readonly columns: WrittenColumns;
  readonly meant: Meant | null;
}

type Place = Omit<Change, "does" | "part" | "entries" | "otherOutsets">;

/** More ways of one field to one call are not told apart. */
const mostArrivals = 40;
/** Of what everything goes through, so many ways tell who reaches it, be it of a few arrivals. */
const enoughWays = 200;

const telling: EntryTelling<"correction"> = {
  kindOf: ({ tag }) => (tag === "correctionPath" ? "correction" : null),
  isThere: ({ name, outset }) => (outset.isJob === true ? isCorrectionJob(name) : isCorrectionName(name)),
};

export function findChanges(solved: Solved): Change[] {
  const media = new Set(solved.hits.flatMap(({ sink }) => sink.medium ?? []));
  if (media.size === 0) return [];
  const finder = new Changes(solved, media);
  for (const site of solved.pointsTo.sites.values())
    for (const match of solved.models.at(site)) finder.look(site, match);
  return finder.found.sort(
    (a, b) => compareLocations(a.location, b.location) || (a.target ?? "").localeCompare(b.target ?? ""),
  );
}

class Changes {
  readonly found: Change[] = [];
  private readonly columns: ColumnsOfWrites;
  private readonly hitsAt = new Map<Instruction, SinkHit[]>();

  constructor(
    private readonly solved: Solved,
    private readonly media: ReadonlySet<string>,
  ) {
    this.columns = new ColumnsOfWrites(solved.pointsTo, solved.writers);
    for (const hit of solved.hits)
      for (const instruction of new Set(hit.arrivals.map(({ site }) => site.instruction))) {
        const known = this.hitsAt.get(instruction);
        if (known === undefined) this.hitsAt.set(instruction, [hit]);
        else known.push(hit);
      }
  }

  look(site: CallSite, match: ModelAt): void {
    for (const role of match.model.roles) {
      if (!("medium" in role) || (role.medium !== null && !this.media.has(role.medium))) continue;
      if (role.kind === "store" || role.kind === "sql") this.write(site, match, role);
      if (role.kind === "delete" || role.kind === "sql") this.removal(site, match, role);
    }
  }

  private write(site: CallSite, match: ModelAt, role: WriteRole): void {
    const { pointsTo, models } = this.solved;
    const isKept = (this.hitsAt.get(site.instruction) ?? []).length > 0;
    const isDatabase = role.medium === "database";
    // What is no database is written anew as a whole.
    if (!isDatabase && !isKept) return;
    const does =
      !isDatabase || changesRows(pointsTo, models, site, role, match.names) ? "changes" : "creates";
    if (does === "creates" && !isKept) return;
    const written = this.columnsAt(site, match, role);
    const targets = written.map(({ target }) => target);
    for (const { target, columns, meant } of written) {
      const reached = this.entriesTo(this.waysTo(site, meant));
      const place = this.placeOf(site, match, role.medium, target);
      if (reached.entries.length === 0) {
        this.put(place, does, { kind: "any" }, reached);
        continue;
      }
      const set = does === "creates" ? null : this.columnsChanged(site, role, match.names);
      // What is only written where no row was there before stays as it is.
      const doesTo = (column: string): Change["does"] =>
        set === null || set.has(column) || (role.kind === "sql" && !hasColumn(columns, column))
          ? does
          : "creates";
      const { told, isNew } = this.fields(
        site,
        place,
        doesTo,
        isDatabase,
        (told) => role.kind === "store" && !targets.some((each) => isAt(told, each)),
      );
      for (const name of columns.names)
        if (!told.has(plainName(name)) || columns.assigned.has(name))
          this.put(place, doesTo(plainName(name)), { kind: "column", name }, reached);
      const isWhole = isDatabase
        ? columns.isOpen && columns.assigned.size === 0 && set === null
        : columns.isOpen || isTold(target);
      if (isWhole && !isNew) this.put(place, does, { kind: "any" }, reached);
    }
  }

  /** Of a write that puts rows or changes them, the columns that it changes; null: all that it writes. */
  private columnsChanged(
    site: CallSite,
    role: WriteRole,
    names: readonly string[],
  ): ReadonlySet<string> | null {
    if (role.kind === "sql") return columnsOnConflict(this.solved.pointsTo, site, role, names);
    const { creates = [], column = null } = role;
    if (column !== null) {
      const named = this.columns.ofStore(site, role, names);
      return named.isOpen ? null : new Set([...named.names].map(plainName));
    }
    if (creates.length === 0) return null;
    const data = role.data.filter((address) => !creates.some((each) => each.text === address.text));
    const changed = this.columns.ofStore(site, { ...role, data }, names);
    return changed.isOpen ? null : new Set([...changed.names].map(plainName));
  }

  private columnsAt(site: CallSite, { names }: ModelAt, role: WriteRole): WrittenTo[] {
    if (role.kind === "sql") return this.columnsOfStatements(site, role, names);
    const columns = this.columns.ofStore(site, role, names);
    const named = role.target ?? role.entity;
    const { pointsTo, sinks } = this.solved;
    const whole = sinks.storeName(site, role, names);
    if (named === null || whole?.includes("*") !== true) return [{ target: whole, columns, meant: null }];
    return targetsByWay(this.solved, site, (read) =>
      read === undefined ? [whole] : foldEach(pointsTo, site, named.parts, names, read),
    ).flatMap(({ targets, meant }) => targets.map((target) => ({ target, columns, meant })));
  }

  /** On each of the ways that they are told apart by: `UPDATE ${table} SET ${column} = $1`. */
  private columnsOfStatements(
    site: CallSite,
    role: Extract<Role, { kind: "sql" }>,
    names: readonly string[],
  ): WrittenTo[] {
    const told = new Map<string, Omit<WrittenTo, "meant">>();
    return targetsByWay(this.solved, site, (read) =>
      [...this.columns.ofStatements(site, role, names, read)].map(([target, columns]) => {
        const key = `${target}\t${[...columns.names].sort().join()}\t${String(columns.isOpen)}`;
        told.set(key, { target, columns });
        return key;
      }),
    ).flatMap(({ targets, meant }) =>
      targets.flatMap((key) => {
        const written = told.get(key);
        return written === undefined ? [] : [{ ...written, meant }];
      }),
    );
  }

  private waysTo(site: CallSite, meant: Meant | null): readonly EntryWay[] {
    return waysMeant(this.solved, site, meant);
  }

  /** Fields whose data comes there, each with the entries that it comes from; gives the names of them all. */
  private fields(
    site: CallSite,
    place: Place,
    doesTo: (column: string) => Change["does"],
    isDatabase: boolean,
    isRelated: (target: string | null) => boolean,
  ): { readonly told: ReadonlySet<string>; readonly isNew: boolean } {
    const told = new Set<string>();
    let isNew = false;
    for (const hit of this.hitsAt.get(site.instruction) ?? []) {
      const { sink, state } = hit;
      // A row that is related to the one that is written is another table's.
      const isOwn = isAt(sink.target, place.target);
      if (sink.medium !== place.medium || (!isOwn && !isRelated(sink.target))) continue;
      const arrivals = hit.arrivals.filter((arrival) => arrival.site.instruction === site.instruction);
      const reached = this.entriesTo(this.waysOf(arrivals, sink.target, isDatabase));
      const name = this.solved.annotations.fields.get(state.field)?.name ?? state.field;
      const column = plainName(name.slice(name.lastIndexOf(".") + 1));
      told.add(column);
      isNew ||= reached.entries.length > 0;
      const own = isOwn ? place : { ...place, target: sink.target };
      this.put(own, doesTo(column), { kind: "field", field: state.field }, reached);
    }
    return { told, isNew };
  }

  /** The ways that bring something new. */
  private waysOf(arrivals: readonly Arrival[], target: string | null, isDatabase: boolean): EntryWay[] {
    const changing = new Set<EntryWay>();
    let looked = 0;
    // One by one: what is read and what is put in its place come to the call in the same run.
    for (const { entry, site, trace } of arrivals.slice(0, mostArrivals)) {
      const arriving = this.solved.ways.arriving([{ entry, point: site.point, trace }]);
      for (const { own, producers } of arriving) {
        const how = isDatabase ? this.bringsNew(own, target) : "by-any";
        if (how === "by-any") changing.add(own);
        if (how !== "nothing") for (const each of producers) changing.add(each);
      }
      looked += arriving.length;
      if (looked > enoughWays) break;
    }
    return [...changing];
  }

  /** What was read from the same store and is written back is what it was; what waited in a queue is new. */
  private bringsNew({ way }: EntryWay, target: string | null): "by-any" | "by-queues" | "nothing" {
    const { pointsTo, models, tables, fresh } = this.solved;
    const stores = way.beginning === null ? [] : readsFrom(pointsTo, models, tables, way.beginning);
    if (stores.length > 0)
      return stores.some((each) => isSameName(each, target ?? "")) ? "nothing" : "by-any";
    return fresh.comesBy(way) ? "by-any" : "by-queues";
  }

  private removal(site: CallSite, match: ModelAt, role: Extract<Role, { kind: "delete" | "sql" }>): void {
    if (role.kind === "delete" && /soft|archive|versions/u.test(role.strength)) return;
    for (const { targets, meant } of this.removedAt(site, match, role)) {
      if (targets.length === 0) continue;
      const reached = this.entriesTo(this.waysTo(site, meant));
      if (reached.entries.length === 0) continue;
      for (const target of targets)
        this.put(this.placeOf(site, match, role.medium, target), "removes", { kind: "any" }, reached);
    }
  }

  private removedAt(
    site: CallSite,
    { names }: ModelAt,
    role: Extract<Role, { kind: "delete" | "sql" }>,
  ): readonly { readonly targets: readonly (string | null)[]; readonly meant: WrittenTo["meant"] }[] {
    const { pointsTo } = this.solved;
    if (role.kind === "sql") {
      return targetsByWay(this.solved, site, (read) =>
        statementsAt(pointsTo, site, role, names, read).flatMap((statement) => statement?.deleted ?? []),
      );
    }
    const { target } = role;
    if (target === null) return [{ targets: [null], meant: null }];
    return targetsByWay(this.solved, site, (read) => foldEach(pointsTo, site, target.parts, names, read));
  }

  private entriesTo(ways: readonly EntryWay[]): EntriesFound<"correction"> {
    return entriesOn(ways, this.solved.annotations, telling);
  }

  private placeOf(site: CallSite, match: ModelAt, medium: Place["medium"], target: string | null): Place {
    const { instruction, caller } = site;
    return {
      medium,
      ...clientAt(match),
      target,
      cascades: [],
      callee: instruction.kind === "call" ? instruction.name : match.model.text,
      location: locationOf(caller, instruction.at),
    };
  }

  private put(
    place: Place,
    does: Change["does"],
    part: ChangedPart,
    reached: EntriesFound<"correction">,
  ): void {
    this.found.push({ ...place, does, part, ...reached });
  }
}

/** Whatever is written there takes the place of what lay there, also what nobody marked: one key, file or object. */
function isTold(target: string | null): boolean {
  return target !== null && !target.startsWith("*");
}

function hasColumn({ names }: WrittenColumns, column: string): boolean {
  return [...names].some((each) => plainName(each) === column);
}

/** The table that data came to; where the call alone does not tell, what a way to it tells. */
function isAt(told: string | null, called: string | null): boolean {
  return called?.includes("*") === true || isSameName(told ?? "", called ?? "");
}
