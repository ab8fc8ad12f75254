/**
 * Statements in code that make or change tables and cannot be read: migrations written in JavaScript, a schema that is
 * made at the start. What they do is not believed (see `SchemaHistory`), and that is told.
 */
import type { UnreadSchema } from "../../contracts/deletion.js";
import { unreadStatements } from "../../models/sql/unread-statements.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import { statementTexts } from "../stores/sql-sinks.js";
import { isOnTheWayDown } from "./schema-history.js";

export function findUnreadSchemas({
  pointsTo,
  models,
}: {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}): UnreadSchema[] {
  const found = new Map<string, UnreadSchema>();
  for (const site of pointsTo.sites.values())
    for (const { model, names } of models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "sql" || isOnTheWayDown(site.caller)) continue;
        const texts = statementTexts(pointsTo, site, role, names);
        // A text with a part that is not known may be whole when it is run.
        if (texts.length === 0 || texts.some((text) => text.includes("*") || !speaksOfTables.test(text)))
          continue;
        const problems = texts.map((text) => unreadStatements(text)[0]?.problem);
        const [problem] = problems;
        if (problem === undefined || problems.includes(undefined)) continue;
        const location = locationOf(site.caller, site.instruction.at);
        found.set(JSON.stringify(location), { location, problem });
      }
  return [...found.values()].sort(
    ({ location: a }, { location: b }) =>
      (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  );
}

/** Only what begins as a statement about tables does, or nearly so: anything else is some other text. */
const speaksOfTables = /^\s*(?:create|alter|drop|[a-z]{4,7}\s+table\b)/iu;
