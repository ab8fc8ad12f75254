/** The stores of the data map: what lies where, how it is protected, how long it stays and what writes it. */
import type { Analysis } from "../contracts/analysis.js";
import type { Flow } from "../contracts/flow.js";
import type { ReportDocument } from "../contracts/report.js";
import type { Medium } from "../contracts/vocabulary.js";
import { endOfStore, type StoreEnd } from "../checks/store-ends.js";
import type { StoreGroup, StoreIdentities } from "../checks/store-identity.js";
import { keptStores, type Store } from "../checks/stores.js";
import { clientOf, matchesStore, shownTarget } from "../checks/store-name.js";
import { compareTexts, locationsOf, type EntriesOfWrites, type FieldNames } from "./data-map-names.js";

type StoreRow = ReportDocument["dataMap"]["stores"][number];

export function mappedStores(
  analysis: Analysis,
  identities: StoreIdentities,
  fields: FieldNames,
  entries: EntriesOfWrites,
): StoreRow[] {
  const kept = new Map(keptStores(analysis).map((store) => [store.name, store]));
  return identities.groups
    .filter(({ sink: { role } }) => role === "store" || role === "sql")
    .sort((a, b) => compareTexts(a.name, b.name))
    .map((group) => ({
      medium: (group.sink.medium ?? "database") as Medium,
      client: clientOf(group.sink),
      clients: [...new Set(group.flows.map(({ sink }) => clientOf(sink)))].sort(),
      target: group.sink.target === null ? null : shownTarget(group.sink),
      fields: fields.namesOf(group.flows),
      categories: fields.categoriesOf(group.flows),
      purposes: [...new Set(fields.of(group.flows).flatMap(({ purposes }) => purposes))].sort(),
      protection: [...new Set(group.flows.map(protectionOf))].sort(),
      declared: declaredFor(group, analysis),
      recipient: group.sink.recipient,
      retention: retentionOf(group, kept.get(group.name), analysis, fields),
      entries: entries.of(group.flows),
      locations: locationsOf(group.flows.map(({ sink }) => sink.location)),
    }));
}

function protectionOf({ sink, protection }: Flow): string {
  return sink.protectedBy === null ? protection.kind : "encrypted";
}

function declaredFor({ flows }: StoreGroup, { configs }: Analysis): string | null {
  const declared = configs
    .flatMap((config) => config.stores)
    .find(({ match }) => flows.some(({ sink }) => matchesStore(match, sink)));
  return declared?.encryptedAtRest ?? null;
}

const secondsOfDay = 86_400;

function retentionOf(
  { flows }: StoreGroup,
  store: Store | undefined,
  analysis: Analysis,
  fields: FieldNames,
): NonNullable<StoreRow["retention"]> {
  const all = fields.of(flows);
  const declared = [...new Set(all.flatMap(({ retention }) => retention?.text ?? []))].sort();
  if (store === undefined) return { declared, ends: null };
  const ends = all.map((field) =>
    endOfStore(
      store,
      flows.filter((flow) => flow.field === field.id),
      field,
      analysis,
    ),
  );
  const last = ends.includes(null) ? null : ends.reduce(later, null);
  if (last === null) return { declared, ends: null };
  const days = last.seconds === null ? null : Math.round((last.seconds / secondsOfDay) * 100) / 100;
  return { declared, ends: { by: last.by, days } };
}

/** What cannot be told is later than all that can. */
function later(a: StoreEnd | null, b: StoreEnd | null): StoreEnd | null {
  if (a === null || b === null) return a ?? b;
  if (a.seconds === null || b.seconds === null) return a.seconds === null ? a : b;
  return b.seconds > a.seconds ? b : a;
}
