/**
 * Tables as what lies in the database is: columns under their own names, and nothing is made of what is put there. So a
 * driver meets them that knows nothing of the definitions which another client was given.
 */
import type { ModelMatch } from "../../models/catalogue.js";
import type { Column } from "./entity.js";
import { relatedOnce, type Table } from "./table.js";

const bare = new WeakMap<Table, Table>();

/** The model is of a type whose members meet columns as they lie, or of such a member (`PrismaClient.findRaw`). */
export function isDirect({ model: { path }, package: { direct = [] } }: ModelMatch): boolean {
  const first = path[0];
  const last = path.at(-1);
  if (direct.length === 0 || first?.kind !== "name") return false;
  return (
    direct.includes(first.name) || (last?.kind === "name" && direct.includes(`${first.name}.${last.name}`))
  );
}

export function bareTable(table: Table): Table {
  const known = bare.get(table);
  if (known !== undefined) return known;
  const named = namesOf(table.columns);
  const both = <Each>(entries: Iterable<readonly [string, Each]>): ReadonlyMap<string, Each> =>
    new Map(
      [...entries].flatMap(([name, each]) => {
        const own = table.columns.get(name)?.name ?? name;
        // Under the definition's name lies another column, or perhaps still the same.
        return named.has(name) && own !== name
          ? [[own, each] as const]
          : [[name, each] as const, [own, each] as const];
      }),
    );
  const again = (names: readonly string[]): readonly string[] => [
    ...both(names.map((name) => [name, name])).keys(),
  ];
  const made: Table = {
    ...table,
    fields: both(table.fields),
    columns: both([...table.columns].map(([name, column]) => [name, bareColumn(column)])),
    encrypted: new Set(),
    parts: again(table.parts),
    relations: again(table.relations),
    related: relatedOnce((name) => {
      const found = table.related(named.get(name) ?? name);
      return found === null ? null : { ...found, table: bareTable(found.table) };
    }),
  };
  bare.set(table, made);
  return made;
}

function bareColumn(column: Column): Column {
  return { ...column, through: [], inTurn: false, sealed: null, hidden: false };
}

/** What the definition calls the columns that are called otherwise, by the columns' names. */
function namesOf(columns: ReadonlyMap<string, Column>): ReadonlyMap<string, string> {
  return new Map(
    [...columns].flatMap(([name, column]) =>
      column.name === null || column.name === name ? [] : [[column.name, name]],
    ),
  );
}
