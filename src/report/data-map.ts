/** Where child data comes from, lies and goes: the map that the report draws of a project. */
import { compareLocations, type Location } from "../base/location.js";
import { copiedFlows } from "../checks/copied-flows.js";
import { StoreIdentities } from "../checks/store-identity.js";
import { missedBy, recipientStores, storesToErase } from "../checks/stores.js";
import { clientOf, recipientName } from "../checks/store-name.js";
import type { Analysis } from "../contracts/analysis.js";
import type { Field } from "../contracts/annotation.js";
import type { Flow } from "../contracts/flow.js";
import type { ReportDocument } from "../contracts/report.js";
import { compareTexts, distinct, EntriesOfWrites, FieldNames, groupBy } from "./data-map-names.js";
import { mappedRecipients } from "./mapped-recipients.js";
import { mappedStores } from "./mapped-stores.js";
import { plain } from "./plain-location.js";

type DataMap = ReportDocument["dataMap"];

export function dataMapOf(analysis: Analysis): DataMap {
  const fields = new FieldNames(analysis.annotations.fields);
  const flows = [...analysis.flows, ...copiedFlows(analysis)];
  const identities = new StoreIdentities(flows, analysis.deletions.tableNames);
  const entries = new EntriesOfWrites(analysis.changes);
  return {
    fields: fieldsOf(analysis.fields),
    collections: collectionsOf(analysis.flows, fields, entries),
    stores: mappedStores(analysis, identities, fields, entries),
    recipients: mappedRecipients(analysis, identities, fields),
    purposes: purposesOf(analysis, fields),
    captures: capturesOf(analysis),
    flows: flowsOf(flows, fields, identities),
    deletion: deletionOf(analysis),
  };
}

/** Entries × stores: what each entry that is there to erase reaches, and what it leaves. */
export function deletionOf(analysis: Analysis): DataMap["deletion"] {
  const stores = [...storesToErase(analysis), ...recipientStores(analysis)];
  const fields = new Map(analysis.fields.map((field) => [field.id, field]));
  const entries = new Map(
    [...analysis.deletions.entries, ...analysis.deletions.erasures.flatMap((erasure) => erasure.entries)].map(
      (entry) => [`${entry.name} ${entry.kind ?? ""} ${JSON.stringify(plain(entry.location))}`, entry],
    ),
  );
  return [...entries.values()]
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.kind ?? "", b.kind ?? ""))
    .map((entry) => {
      const misses = missedBy(entry, stores, fields).map(({ name }) => name);
      const reaches = stores.map(({ name }) => name).filter((name) => !misses.includes(name));
      return {
        entry: entry.name,
        kind: entry.kind ?? "handler",
        reaches: [...new Set(reaches)].sort(),
        misses: [...new Set(misses)],
        location: plain(entry.location),
      };
    });
}

/** Where a flow ends, in one word: `database:prisma/child`, `log:pino`, `recipient:Segment`. */
function destinationOf({ sink }: Flow, identities: StoreIdentities): string {
  if (sink.role === "store" || sink.role === "sql") return identities.nameOf(sink);
  if (sink.role === "log") return `log:${clientOf(sink)}`;
  return `recipient:${recipientName(sink)}`;
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

/** Where values from outside become child data, and from where those of them are reached that are kept. */
function collectionsOf(
  flows: readonly Flow[],
  fields: FieldNames,
  entries: EntriesOfWrites,
): DataMap["collections"] {
  const found = new Map<string, { field: string; location: Location; into: Flow[] }>();
  for (const flow of flows) {
    const first = flow.trace[0];
    if (first?.note.kind !== "enters") continue;
    const field = fields.nameOf(flow.field);
    const key = JSON.stringify([field, plain(first.location)]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { field, location: first.location, into: [flow] });
    else known.into.push(flow);
  }
  return [...found.values()]
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.field, b.field))
    .map(({ field, location, into }) => ({ field, location: plain(location), entries: entries.of(into) }));
}

/** What fields say that they are for, and what calls are made for. */
function purposesOf({ flows, annotations }: Analysis, fields: FieldNames): NonNullable<DataMap["purposes"]> {
  const told = flows.flatMap((flow) => {
    const declared = annotations.fields.get(flow.field)?.purposes ?? [];
    const { purpose } = flow.sink;
    return [
      ...declared.map((each) => ({ purpose: each, flow, isDeclared: true })),
      ...(purpose === null ? [] : [{ purpose, flow, isDeclared: false }]),
    ];
  });
  return [...groupBy(told, ({ purpose }) => purpose)].map(([purpose, group]) => ({
    purpose,
    fields: fields.namesOf(group.map(({ flow }) => flow)),
    declared: group.some(({ isDeclared }) => isDeclared),
    recipients: [
      ...new Set(
        group.flatMap(({ flow: { sink } }) => (sink.purpose === purpose ? [recipientName(sink)] : [])),
      ),
    ].sort(),
  }));
}

function capturesOf({ captures }: Analysis): NonNullable<DataMap["captures"]> {
  return [...captures]
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.what, b.what))
    .map(({ recipient, what, callee, options, location }) => ({
      recipient,
      what,
      callee,
      unless: [...options],
      location: plain(location),
    }));
}

function flowsOf(flows: readonly Flow[], fields: FieldNames, identities: StoreIdentities): DataMap["flows"] {
  const entries = flows.map((flow) => ({
    field: fields.nameOf(flow.field),
    to: destinationOf(flow, identities),
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
