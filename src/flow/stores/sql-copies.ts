/** Statements that copy columns within the database: `INSERT INTO history SELECT …`, `UPDATE t SET former_name = name`. */
import type { StoreCopy } from "../../contracts/deletion.js";
import type { SqlStatement, SqlWrite } from "../../models/sql/statement.js";
import { clientAt } from "../models/client-at.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import { type Moment, PassingTables } from "./passing-tables.js";
import { statementsIn, statementTexts } from "./sql-sinks.js";
import { isSameName, plainName } from "./table-names.js";
import type { Tables } from "./tables.js";

type Columns = Pick<StoreCopy, "from" | "to" | "fromColumn" | "toColumn">;

export function findCopies({
  pointsTo,
  models,
  tables,
}: {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
}): StoreCopy[] {
  const found: { readonly copy: StoreCopy; readonly moment: Moment }[] = [];
  const passing = new PassingTables(pointsTo);
  for (const site of pointsTo.sites.values()) {
    const { caller, instruction } = site;
    if (site.foreign.size === 0 || instruction.kind !== "call") continue;
    for (const match of models.at(site))
      for (const role of match.model.roles) {
        if (role.kind === "uncascade") passing.noteDrop(site, role, match.names);
        if (role.kind !== "sql") continue;
        const { medium } = role;
        const texts = statementTexts(pointsTo, site, role, match.names);
        const statements = texts.flatMap((text) =>
          statementsIn(text).map((statement, order) => ({ statement, moment: { site, text, order } })),
        );
        for (const { statement, moment } of statements) {
          if (statement === null) continue;
          passing.noteStatement(moment, statement);
          const at = {
            medium,
            ...clientAt(match),
            callee: instruction.name,
            location: locationOf(caller, instruction.at),
            enclosing: caller.graph.path ?? caller.graph.name,
          };
          for (const columns of copiesIn(statement))
            for (const fromColumn of namesOfColumn(tables, columns))
              found.push({ moment, copy: { ...at, ...columns, fromColumn } });
        }
      }
  }
  return found
    .filter(({ moment, copy }) => !passing.isPassing(moment, copy.from, copy.to))
    .map(({ copy }) => copy);
}

/** As the statement calls it, and the property by which the program knows it. */
function namesOfColumn({ entities }: Tables, { from, fromColumn }: Columns): readonly string[] {
  const properties = [...(entities.named(from)?.columns ?? [])]
    .filter(([, { name }]) => name !== null && isSameName(name, fromColumn))
    .map(([property]) => property);
  return [...new Set([fromColumn, ...properties])];
}

export function copiesIn({ writes }: SqlStatement): readonly Columns[] {
  return writes.flatMap(columnsIn);
}

function columnsIn({ table, column, source, expand }: SqlWrite): Columns[] {
  if (source.kind !== "expression" || source.merged === true || expand !== null || table === "*") return [];
  const { copied = [] } = source;
  const isOne = new Set(copied.map((each) => each.column)).size === 1;
  return copied.flatMap(({ table: from, column: fromColumn }) => {
    if (from === "*") return [];
    const toColumn = fromColumn === "*" ? "*" : (column ?? (isOne ? fromColumn : "*"));
    const isItself = plainName(from) === plainName(table) && plainName(fromColumn) === plainName(toColumn);
    return isItself ? [] : [{ from, to: table, fromColumn, toColumn }];
  });
}
