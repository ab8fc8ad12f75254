/** What a call erases, and in which store, before it is known from where it is reached. */
import type { Erasure } from "../../contracts/deletion.js";
import type { Companies } from "../../contracts/company.js";
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import type { Role } from "../../contracts/model.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import { type Meant, targetsByWay } from "../duties/targets-by-way.js";
import { foldValues } from "../constants/constants.js";
import { foldEach, valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { ModelAt } from "../program/model-at.js";
import type { ReadValues } from "../program/read-values.js";
import type { TimeValues } from "../retention/time-values.js";
import { statementsAt } from "../stores/sql-sinks.js";
import type { Tables } from "../stores/tables.js";
import type { Cascades } from "./cascades.js";
import { columnsErased } from "./columns-erased.js";
import { secondsAt } from "./expiries.js";
import { isPutAside } from "./extended-deletes.js";
import type { KeptVersions } from "./kept-versions.js";
import type { HookedDeletions } from "./hooked-deletions.js";
import { keysHaving } from "./keys-having.js";
import type { NamedInSettings } from "./named-in-settings.js";
import {
  columnsNulled,
  goneInReplaced,
  overwrittenColumns,
  type Overwritten,
} from "./overwritten-columns.js";
import { orphanedRows } from "./orphaned-rows.js";
import { relatedRemovals } from "./related-removals.js";
import { isRenamed } from "./renamed-calls.js";
import { emptiedPaths } from "./emptied-paths.js";
import { companiesAsked } from "./requests-to-erase.js";
import { softenedTo } from "./softened-deletes.js";
import { targetsOf } from "./targets-of.js";

export interface ErasingTools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
  readonly instances: InstanceValues;
  readonly times: TimeValues;
  readonly writers: Writers;
  readonly companies: Companies;
  /** Companies that keep child data until they are told to erase it. */
  readonly keepers: ReadonlySet<string>;
  readonly settings: NamedInSettings;
  readonly versions: KeptVersions;
  readonly hooked: HookedDeletions;
  readonly cascades: Cascades;
}

export interface Erased extends Pick<Erasure, "medium" | "target" | "columns" | "strength" | "seconds"> {
  /** A company that a request tells to erase; otherwise that of the package. */
  readonly recipient?: string;
  /** The ways on which it is erased; none: on all. */
  readonly meant?: Meant | null;
  /** Rows that were read are deleted one by one. */
  readonly rows: boolean;
  /** What lies within goes too. */
  readonly nested?: boolean | undefined;
}

export function erasedBy(
  solved: ErasingTools,
  site: CallSite,
  match: ModelAt,
  role: Role,
): readonly Erased[] {
  const { pointsTo, tables, versions } = solved;
  switch (role.kind) {
    case "delete": {
      if (role.strength === "versions") return [];
      const gone =
        role.leaving == null ? "all" : goneInReplaced(solved, site, role.leaving, role.which ?? []);
      if (gone === null) return [];
      const columns = gone === "all" ? null : gone;
      const { medium } = role;
      const seconds = role.strength === "ttl" ? secondsAt(pointsTo, solved.times, site, match) : null;
      const isOther =
        isPutAside(solved, site, match, role) ||
        solved.hooked.isPutAside(site, role, match.names) ||
        (role.renames != null && isRenamed(pointsTo, site, match, role.renames));
      const strength = isOther
        ? "soft"
        : (softenedTo(pointsTo, site, match.names[0] ?? "", match.names, role) ?? role.strength);
      const rows = role.rows === true;
      const named = role.target;
      if (named === null) return [{ medium, target: null, columns, strength, seconds, rows }];
      const told = keysHaving(pointsTo, site, role, match.names) ?? namedBySettings(solved, site, role);
      if (told !== null) return told.map((target) => ({ medium, target, columns, strength, seconds, rows }));
      return onEach(solved, site, medium, (read) =>
        withRelated(solved, site, match, role, targetsOf(pointsTo, site, named, match.names, read)),
      ).map(({ target, meant }) => {
        const hides = role.hiding && tables.entities.named(target)?.hides === true;
        const isKept = versions.stays(site, role, target);
        const how = hides ? "soft" : isKept ? "versions" : strength;
        return { medium, target, meant, columns, strength: how, seconds, rows, nested: role.nested };
      });
    }
    case "sql":
      return erasedByStatements(solved, site, match, role);
    case "store":
      return [
        ...overwrittenAt(solved, site, match, role, overwrittenColumns(solved, site, role, match.names)),
        ...emptiedAt(solved, site, match, role),
        ...relatedRemovals(solved, site, role, match.names).map(({ target, softened }): Erased => {
          const strength = softened ?? "hard";
          return { medium: role.medium, target, columns: null, strength, seconds: null, rows: false };
        }),
        ...orphanedRows(solved, site, role, match.names).map((target): Erased => ({
          medium: role.medium,
          target,
          columns: null,
          strength: "hard",
          seconds: null,
          rows: true,
        })),
      ];
    case "erase":
      return overwrittenAt(solved, site, match, role, columnsErased(solved, site, role, match.names));
    case "http":
      return companiesAsked(solved, site, role, match.names).map((asked) => ({
        medium: null,
        ...asked,
        columns: null,
        seconds: null,
        rows: false,
      }));
    default:
      return [];
  }
}

/** Of rows that lose others, the tables of those: where the client deletes what is lost. */
function withRelated(
  { pointsTo, cascades }: ErasingTools,
  site: CallSite,
  { names }: ModelAt,
  { related }: DeleteRole,
  targets: readonly string[],
): readonly string[] {
  if (related == null) return targets;
  const relations = foldValues(pointsTo, valuesAt(pointsTo, site, related, names));
  return targets.flatMap((target) => relations.flatMap((name) => cascades.lostUnder(target, name)));
}

/** What goes as null is written at its path in a tree. */
function emptiedAt(
  solved: ErasingTools,
  site: CallSite,
  { names }: ModelAt,
  role: Extract<Role, { kind: "store" }>,
): readonly Erased[] {
  const { pointsTo, tables } = solved;
  const { medium, below = [] } = role;
  if (below.length === 0) return [];
  const whole: ReadValues = (node, value) => pointsTo.valuesOf(node, value);
  return onEach(solved, site, medium, (read = whole) =>
    emptiedPaths({ pointsTo, tables, site, role, names, read }),
  ).map((each) => ({ ...each, medium, columns: null, strength: "hard", seconds: null, rows: false }));
}

function overwrittenAt(
  solved: ErasingTools,
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
  solved: ErasingTools,
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
      const nulled = [...columnsNulled(solved, site, role, statement)];
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
  { pointsTo, settings }: ErasingTools,
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
export function onEach(
  { instances, tables, pointsTo }: Pick<ErasingTools, "instances" | "tables" | "pointsTo">,
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
