/** What is new, gone or different between two data maps; items are the same by name. */
import type { ImpactDocument } from "../../contracts/impact.js";
import type { ReportDocument } from "../../contracts/report.js";

type DataMap = ReportDocument["dataMap"];
type Changes = Pick<ImpactDocument, "fields" | "collections" | "stores" | "recipients" | "entries">;

export function dataChanges(was: DataMap, is: DataMap): Changes {
  return {
    fields: changes(fieldsOf(was), fieldsOf(is), ({ name }) => name),
    collections: wordChanges(
      was.collections.map(({ field }) => field),
      is.collections.map(({ field }) => field),
    ),
    stores: changes(storesOf(was), storesOf(is), ({ name }) => name),
    recipients: changes(recipientsOf(was), recipientsOf(is), ({ name }) => name),
    entries: changes(entriesOf(was), entriesOf(is), ({ entry, kind }) => `${kind} ${entry}`),
  };
}

export function wordChanges(
  was: Iterable<string>,
  is: Iterable<string>,
): { added: string[]; removed: string[] } {
  const [before, after] = [new Set(was), new Set(is)];
  return {
    added: [...after].filter((word) => !before.has(word)).sort(),
    removed: [...before].filter((word) => !after.has(word)).sort(),
  };
}

interface ChangesOf<T> {
  readonly added: T[];
  readonly removed: T[];
  readonly changed: { readonly was: T; readonly is: T }[];
}

/** Items of one name are one: fields may be declared twice under it. */
function changes<T>(was: readonly T[], is: readonly T[], keyOf: (item: T) => string): ChangesOf<T> {
  const before = new Map(was.map((item) => [keyOf(item), item]));
  const after = new Map(is.map((item) => [keyOf(item), item]));
  const byKey = (map: ReadonlyMap<string, T>, isWanted: (key: string) => boolean): T[] =>
    [...map]
      .filter(([key]) => isWanted(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  return {
    added: byKey(after, (key) => !before.has(key)),
    removed: byKey(before, (key) => !after.has(key)),
    changed: byKey(after, (key) => before.has(key)).flatMap((item) => {
      const old = before.get(keyOf(item));
      return old === undefined || JSON.stringify(old) === JSON.stringify(item)
        ? []
        : [{ was: old, is: item }];
    }),
  };
}

function fieldsOf({ fields }: DataMap): ImpactDocument["fields"]["added"] {
  return fields.map(({ name, category, purposes, retention }) => ({
    name,
    category,
    purposes: [...purposes].sort(),
    retention,
  }));
}

function storesOf({ stores }: DataMap): ImpactDocument["stores"]["added"] {
  return stores.map(({ medium, client, target, fields, protection }) => ({
    name: `${medium}:${client}/${target ?? "*"}`,
    fields,
    protection,
  }));
}

function recipientsOf({ recipients }: DataMap): ImpactDocument["recipients"]["added"] {
  return recipients.map(({ name, fields }) => ({ name, fields }));
}

function entriesOf({ deletion }: DataMap): ImpactDocument["entries"]["added"] {
  return deletion.map(({ entry, kind, reaches, misses }) => ({ entry, kind, reaches, misses }));
}
