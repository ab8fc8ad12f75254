/** Where child data comes from, lies and goes: the map that the report draws of a project. */
import { compareLocations, type Location } from "../base/location.js";
import { missedBy, recipientStores, storesToErase } from "../checks/stores.js";
import { clientOf, matchesStore, recipientName, storeNameOf } from "../checks/store-name.js";
import type { Analysis } from "../contracts/analysis.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { Field, FieldId } from "../contracts/annotation.js";
import type { Flow } from "../contracts/flow.js";
import type { ReportDocument } from "../contracts/report.js";
import { plain } from "./plain-location.js";

type DataMap = ReportDocument["dataMap"];
type FieldNames = ReadonlyMap<FieldId, Field>;

export function dataMapOf(analysis: Analysis): DataMap {
  const fields = analysis.annotations.fields;
  return {
    fields: fieldsOf(analysis.fields),
    collections: collectionsOf(analysis.flows, fields),
    stores: storesOf(analysis.flows, fields, analysis.configs),
    recipients: recipientsOf(analysis.flows, fields),
    flows: flowsOf(analysis.flows, fields),
    deletion: deletionOf(analysis),
  };
}

/** Entries × stores: what each entry that is there to erase reaches, and what it leaves. */
export function deletionOf(analysis: Analysis): DataMap["deletion"] {
  const stores = [...storesToErase(analysis), ...recipientStores(analysis)];
  const entries = new Map(
    [...analysis.deletions.entries, ...analysis.deletions.erasures.flatMap((erasure) => erasure.entries)].map(
      (entry) => [`${entry.name} ${entry.kind ?? ""} ${JSON.stringify(plain(entry.location))}`, entry],
    ),
  );
  return [...entries.values()]
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.kind ?? "", b.kind ?? ""))
    .map((entry) => {
      const misses = missedBy(entry, stores).map(({ name }) => name);
      const reaches = stores.map(({ name }) => name).filter((name) => !misses.includes(name));
      return {
        entry: entry.name,
        kind: entry.kind ?? "handler",
        reaches: [...new Set(reaches)].sort(),
        misses: [...new Set(misses)],
      };
    });
}

/** Whether the flow's data comes to rest there. */
export function isStored(flow: Flow): boolean {
  return flow.sink.role === "store" || flow.sink.role === "sql";
}

/** Where a flow ends, in one word: `database:prisma/child`, `log:pino`, `recipient:Segment`. */
export function destinationOf(flow: Flow): string {
  if (isStored(flow)) return storeNameOf(flow.sink);
  if (flow.sink.role === "log") return `log:${clientOf(flow.sink)}`;
  return `recipient:${recipientName(flow.sink)}`;
}

function fieldsOf(fields: readonly Field[]): DataMap["fields"] {
  return [...fields]
    .sort((a, b) => compareTexts(a.name, b.name) || compareLocations(a.declaration, b.declaration))
    .map(({ name, category, purposes, retention, declaration }) => ({
      name,
      category,
      purposes: [...purposes],
      retention: retention?.text ?? null,
      declaration: plain(declaration),
    }));
}

/** Where values from outside become child data. */
function collectionsOf(flows: readonly Flow[], fields: FieldNames): DataMap["collections"] {
  const entries = flows.flatMap((flow) => {
    const first = flow.trace[0];
    return first?.note.kind === "enters"
      ? [{ field: nameOf(flow.field, fields), location: plain(first.location) }]
      : [];
  });
  return distinct(entries).sort(
    (a, b) => compareLocations(a.location, b.location) || compareTexts(a.field, b.field),
  );
}

function storesOf(
  flows: readonly Flow[],
  fields: FieldNames,
  configs: readonly ResolvedConfig[],
): DataMap["stores"] {
  return [...groupBy(flows.filter(isStored), (flow) => storeNameOf(flow.sink)).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const declared = configs
      .flatMap((config) => config.stores)
      .find((store) => matchesStore(store.match, first.sink));
    return [
      {
        medium: (first.sink.medium ?? "database") as DataMap["stores"][number]["medium"],
        client: clientOf(first.sink),
        target: first.sink.target,
        fields: namesOf(group, fields),
        protection: [
          ...new Set(
            group.map((flow) => (flow.sink.protectedBy === null ? flow.protection.kind : "encrypted")),
          ),
        ].sort(),
        declared: declared?.encryptedAtRest ?? null,
        locations: locationsOf(group),
      },
    ];
  });
}

function recipientsOf(flows: readonly Flow[], fields: FieldNames): DataMap["recipients"] {
  const handedOn = flows.filter(
    ({ sink: { role, host } }) =>
      role === "disclose" || role === "public" || (role === "http" && host !== ""),
  );
  return [...groupBy(handedOn, destinationOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        name: recipientName(first.sink),
        fields: namesOf(group, fields),
        locations: locationsOf(group),
      },
    ];
  });
}

function flowsOf(flows: readonly Flow[], fields: FieldNames): DataMap["flows"] {
  const entries = flows.map((flow) => ({
    field: nameOf(flow.field, fields),
    to: destinationOf(flow),
    protection: flow.protection.kind,
    verdict: flow.assumptions.length === 0 ? ("proven" as const) : ("possible" as const),
    source: plain(flow.trace[0]?.location ?? flow.sink.location),
    sink: plain(flow.sink.location),
  }));
  return distinct(entries).sort(
    (a, b) =>
      compareLocations(a.sink, b.sink) ||
      compareTexts(a.field, b.field) ||
      compareLocations(a.source, b.source) ||
      compareTexts(a.protection, b.protection),
  );
}

function nameOf(field: FieldId, fields: FieldNames): string {
  return fields.get(field)?.name ?? field;
}

function namesOf(flows: readonly Flow[], fields: FieldNames): string[] {
  return [...new Set(flows.map((flow) => nameOf(flow.field, fields)))].sort();
}

function locationsOf(flows: readonly Flow[]): ReturnType<typeof plain>[] {
  const locations: Location[] = flows.map((flow) => flow.sink.location);
  return distinct(locations.sort(compareLocations).map(plain));
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Groups in the order of their keys. */
function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return new Map([...groups].sort(([a], [b]) => compareTexts(a, b)));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
