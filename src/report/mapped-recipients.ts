/** The recipients of the data map: who gets what, in which role, for what, and which records speak of them. */
import type { Analysis } from "../contracts/analysis.js";
import type { Capture, Flow } from "../contracts/flow.js";
import type { ReportDocument } from "../contracts/report.js";
import { speaksOf } from "../checks/coverage.js";
import { recipientOf } from "../checks/recipients.js";
import type { StoreIdentities } from "../checks/store-identity.js";
import { isKeptByRecipient, recipientName } from "../checks/store-name.js";
import { groupBy, locationsOf, type FieldNames } from "./data-map-names.js";

type RecipientRow = ReportDocument["dataMap"]["recipients"][number];

export function mappedRecipients(
  analysis: Analysis,
  identities: StoreIdentities,
  fields: FieldNames,
): RecipientRow[] {
  const handedOn = analysis.flows.filter(
    ({ sink: { role, host } }) =>
      role === "disclose" || role === "public" || (role === "http" && host !== ""),
  );
  const flows = groupBy(handedOn, ({ sink }) => recipientName(sink));
  const captures = groupBy(analysis.captures, ({ recipient }) => recipient);
  const names = [...new Set([...flows.keys(), ...captures.keys()])].sort();
  return names.map((name) =>
    rowOf(name, flows.get(name) ?? [], captures.get(name) ?? [], { analysis, identities, fields }),
  );
}

interface Asked {
  readonly analysis: Analysis;
  readonly identities: StoreIdentities;
  readonly fields: FieldNames;
}

function rowOf(
  name: string,
  flows: readonly Flow[],
  captures: readonly Capture[],
  { analysis, identities, fields }: Asked,
): RecipientRow {
  const told = flows.flatMap(({ sink }) => recipientOf(sink, analysis.configOf(sink.location.file)) ?? []);
  const roles = new Set([
    ...told.flatMap(({ role }) => role ?? []),
    ...captures.map(({ recipientRole }) => recipientRole),
  ]);
  const recipients =
    told.length > 0 ? told : [{ name, host: null, role: captures[0]?.recipientRole ?? null, isKnown: true }];
  const records = analysis.assessments.filter((record) =>
    recipients.some((recipient) => speaksOf(record, recipient, analysis.companies)),
  );
  const keeps = flows
    .filter(({ sink }) => isKeptByRecipient(sink))
    .map(({ sink }) => identities.nameOf(sink));
  return {
    name,
    role: roles.size === 1 ? ([...roles][0] ?? null) : null,
    hosts: sorted(told.flatMap(({ host }) => host ?? [])),
    fields: fields.namesOf(flows),
    categories: fields.categoriesOf(flows),
    purposes: sorted(flows.flatMap(({ sink }) => sink.purpose ?? [])),
    captures: sorted(captures.map(({ what }) => what)),
    keeps: sorted(keeps),
    records: sorted(records.map(({ file }) => file)),
    locations: locationsOf([
      ...flows.map(({ sink }) => sink.location),
      ...captures.map(({ location }) => location),
    ]),
  };
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
