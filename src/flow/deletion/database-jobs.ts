/** Deletions that the database runs by itself at times: `cron.schedule` in a migration, as a file of SQL or in code. */
import { findLineStarts, locate, type Location } from "../../base/location.js";
import type { Erasure } from "../../contracts/deletion.js";
import { compareMigrations } from "../../models/sql/migration-order.js";
import { conditionsIn } from "../../models/sql/read-conditions.js";
import { scheduledStatements } from "../../models/sql/scheduled-commands.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import { statementsIn, statementTexts } from "../stores/sql-sinks.js";
import type { Cascades } from "./cascades.js";
import { isDeletionName } from "./deletion-names.js";
import { byItself } from "./row-tests.js";
import { areOfState } from "./rows-of-a-state.js";
import { joinEntries } from "./joined-erasures.js";
import type { MarkedRows } from "./marked-rows.js";
import { isOnTheWayDown } from "./schema-history.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly sqlFiles: readonly { readonly path: string; readonly text: string }[];
  readonly cascades: Cascades;
  readonly marked: MarkedRows;
}

interface Source {
  readonly path: string;
  readonly position: number;
  readonly text: string;
  readonly locationAt: (offset: number) => Location;
}

export function databaseJobs(asked: Asked): readonly Erasure[] {
  const sources = [...ofFiles(asked), ...ofCode(asked)].sort(
    (a, b) => compareMigrations(a.path, b.path) || a.position - b.position,
  );
  return scheduledStatements(sources.map(({ text }) => text)).flatMap(({ job, text, at, statement }) => {
    const location = sources[text]?.locationAt(at);
    const deleted = statementsIn(statement).flatMap((each) => each?.deleted ?? []);
    return location === undefined
      ? []
      : deleted.map((target) => erasure(asked, { job, statement, target, location }));
  });
}

function ofFiles({ sqlFiles }: Asked): readonly Source[] {
  return sqlFiles.map(({ path, text }) => ({
    path,
    position: 0,
    text,
    locationAt: (offset) => locate(path, findLineStarts(text), [offset, offset + 1]),
  }));
}

function ofCode({ pointsTo, models }: Asked): readonly Source[] {
  return [...pointsTo.sites.values()].flatMap((site) => {
    const { caller, instruction } = site;
    if (isOnTheWayDown(caller)) return [];
    return models.at(site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) =>
        role.kind !== "sql"
          ? []
          : statementTexts(pointsTo, site, role, names).map((text) => ({
              path: caller.file,
              position: instruction.at[0],
              text,
              locationAt: (): Location => locationOf(caller, instruction.at),
            })),
      ),
    );
  });
}

function erasure(
  { cascades, marked }: Asked,
  {
    job,
    statement,
    target,
    location,
  }: {
    readonly job: string | null;
    readonly statement: string;
    readonly target: string;
    readonly location: Location;
  },
): Erasure {
  const name = job === null ? "cron.schedule" : `cron.schedule("${job}")`;
  const isForState = areOfState(conditionsIn(statement).map(byItself));
  const own = job !== null && isDeletionName(job) && !isForState ? [{ name, kind: null, location }] : [];
  const entries = joinEntries(own, marked.entriesOfStatement(statement, target));
  return {
    medium: "database",
    package: "pg_cron",
    path: "cron.schedule",
    engines: ["sql"],
    recipient: null,
    target,
    cascades: cascades.from(target, { rows: false }),
    columns: null,
    strength: "hard",
    seconds: null,
    age: null,
    callee: name,
    location,
    enclosing: location,
    isDropped: false,
    isNeverSent: false,
    entries,
    unheardEntries: [],
    entriesForOne: [],
    otherOutsets: entries.length === 0 ? [name] : [],
    uncalled: [],
    neverRunAt: null,
  };
}
