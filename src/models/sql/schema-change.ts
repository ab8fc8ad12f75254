/** What a step of a schema's history does to foreign keys. */

export type OnDelete = "cascade" | "set-null" | "restrict";

export type SchemaChange =
  | {
      readonly kind: "key";
      readonly table: string;
      readonly columns: readonly string[];
      /** Null: as the database calls it by itself. */
      readonly name: string | null;
      readonly parent: string;
      readonly onDelete: OnDelete;
    }
  | { readonly kind: "no-key"; readonly table: string; readonly name: string }
  /** The key of these columns goes, whatever it is called; and what a column goes with. */
  | { readonly kind: "no-key-of"; readonly table: string; readonly columns: readonly string[] }
  /** `references`: the keys of other tables that lead to it go, too. */
  | { readonly kind: "no-table"; readonly table: string; readonly references?: boolean }
  | { readonly kind: "renamed"; readonly table: string; readonly to: string }
  | { readonly kind: "renamed-key"; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: "renamed-column"; readonly table: string; readonly column: string; readonly to: string };

export interface ForeignKey {
  readonly table: string;
  readonly parent: string;
  readonly onDelete: OnDelete;
}

type Key = Extract<SchemaChange, { kind: "key" }>;

/** The foreign keys that stand after all changes, in order. */
export function foreignKeysAfter(changes: Iterable<SchemaChange>): ForeignKey[] {
  let keys: Key[] = [];
  for (const change of changes)
    switch (change.kind) {
      case "key":
        keys = [...keys.filter((key) => !isReplaced(key, change)), change];
        break;
      case "no-key":
        keys = keys.filter((key) => !isSame(key.table, change.table) || !isCalled(key, change.name));
        break;
      case "no-key-of":
        keys = keys.filter(
          (key) =>
            !isSame(key.table, change.table) ||
            !change.columns.some((column) => key.columns.some((each) => isSame(each, column))),
        );
        break;
      case "no-table":
        keys = keys.filter(
          (key) =>
            !isSame(key.table, change.table) &&
            !(change.references === true && isSame(key.parent, change.table)),
        );
        break;
      case "renamed-key":
        keys = keys.map((key) =>
          isSame(key.table, change.table) && isCalled(key, change.name) ? { ...key, name: change.to } : key,
        );
        break;
      case "renamed":
        keys = keys.map((key) => ({
          ...key,
          // A key keeps the name that the database gave it.
          name: key.name ?? ownName(key),
          table: isSame(key.table, change.table) ? change.to : key.table,
          parent: isSame(key.parent, change.table) ? change.to : key.parent,
        }));
        break;
      case "renamed-column":
        keys = keys.map((key) =>
          isSame(key.table, change.table)
            ? {
                ...key,
                name: key.name ?? ownName(key),
                columns: key.columns.map((each) => (isSame(each, change.column) ? change.to : each)),
              }
            : key,
        );
    }
  return keys.map(({ table, parent, onDelete }) => ({ table, parent, onDelete }));
}

/** A table that is made again, or a key of the same name or of the same columns to the same table. */
function isReplaced(key: Key, by: Key): boolean {
  if (!isSame(key.table, by.table)) return false;
  if (key.name !== null && by.name !== null && isSame(key.name, by.name)) return true;
  return (
    isSame(key.parent, by.parent) &&
    key.columns.length > 0 &&
    key.columns.length === by.columns.length &&
    key.columns.every((column, index) => isSame(column, by.columns[index] ?? ""))
  );
}

function isCalled(key: Key, name: string): boolean {
  return isSame(key.name ?? ownName(key), name);
}

/** As PostgreSQL calls a key that nobody names. */
function ownName({ table, columns }: Key): string {
  return `${table}_${columns.join("_")}_fkey`;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
