/** Which uses of child data need a guardian's consent: policy of the config, and what the register covers. */
import type { Day } from "../base/day.js";
import type { AnnotationTable, Field, FieldId } from "../contracts/annotation.js";
import type { Sink } from "../contracts/flow.js";
import type { Assessment, Register } from "../contracts/register.js";
import type { Operation } from "../contracts/vocabulary.js";
import type { ConfigSet } from "../config/find-config.js";
import type { Catalogue } from "../models/catalogue.js";
import { isFirstParty } from "./first-party.js";

interface PolicyInput {
  readonly configs: ConfigSet;
  readonly register: Register;
  readonly catalogue: Catalogue;
  readonly annotations: AnnotationTable;
  readonly today: Day;
}

/** Entrusting a processor on a valid record needs no consent; a request to one's own server is none of the operations. */
export function consentPolicy({
  configs,
  register,
  catalogue,
  annotations,
  today,
}: PolicyInput): (kind: Operation, sink: Sink, field: FieldId) => boolean {
  return (kind, sink, field) => {
    const config = configs.configOf(sink.location.file);
    if (!config.consent.operations.includes(kind)) return false;
    if (asksForConsent(sink, annotations.fields.get(field))) return false;
    if (sink.host !== null && isFirstParty(sink.host, config.firstParty)) return false;
    return (
      kind !== "transfer" ||
      !register.assessments.some(
        (record) =>
          record.role === "processor" &&
          namesRecipient(record, sink, catalogue) &&
          isValid(record, today) &&
          covers(record, field, sink, annotations),
      )
    );
  };
}

/** Contact data of a guardian that is used to ask for consent: no operation yet. */
function asksForConsent(sink: Sink, field: Field | undefined): boolean {
  const isGuardians =
    field?.category === "guardian" ||
    (field?.category === "contact" &&
      /guardian|parent/iu.test(field.name.slice(field.name.lastIndexOf(".") + 1)));
  return isGuardians && /consent|permission/iu.test(`${sink.target ?? ""} ${sink.callee} ${sink.enclosing}`);
}

function namesRecipient({ recipient, hosts = [] }: Assessment, sink: Sink, catalogue: Catalogue): boolean {
  if (sink.host !== null && hosts.some((host) => host.toLowerCase() === sink.host)) return true;
  if (sink.recipient === null || recipient === undefined) return false;
  const company = catalogue.packages.find(({ company: each }) => each?.name === sink.recipient)?.company;
  const names = [sink.recipient, ...(company?.aliases ?? [])];
  return names.some((name) => name.toLowerCase() === recipient.toLowerCase());
}

function isValid({ assessed, expires, agreement }: Assessment, today: Day): boolean {
  if (assessed === undefined || assessed > today) return false;
  if (expires !== undefined && expires < today) return false;
  return agreement !== undefined && (agreement.ended === undefined || agreement.ended >= today);
}

/** Every list of the scope narrows; purposes only where the call has one. */
function covers(
  { scope = {} }: Assessment,
  field: FieldId,
  sink: Sink,
  { fields }: AnnotationTable,
): boolean {
  const declared = fields.get(field);
  if (declared === undefined) return false;
  return (
    (scope.categories?.includes(declared.category) ?? true) &&
    (scope.fields?.includes(declared.name) ?? true) &&
    (sink.purpose === null || (scope.purposes?.includes(sink.purpose) ?? true))
  );
}
