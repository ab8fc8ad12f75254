/** Which uses of child data need a guardian's consent: policy of the config, and what the register covers. */
import type { Day } from "../base/day.js";
import type { AnnotationTable, Field, FieldId } from "../contracts/annotation.js";
import type { Sink } from "../contracts/flow.js";
import type { Register } from "../contracts/register.js";
import type { Operation } from "../contracts/vocabulary.js";
import type { ConfigSet } from "../config/find-config.js";
import type { Companies } from "../contracts/company.js";
import { coverageOf } from "./coverage.js";
import { isFirstParty } from "./first-party.js";
import { recipientOf } from "./recipients.js";

interface PolicyInput {
  readonly configs: ConfigSet;
  readonly register: Register;
  readonly companies: Companies;
  readonly annotations: AnnotationTable;
  readonly today: Day;
}

/** Entrusting a processor on a valid record needs no consent; a request to one's own server is none of the operations. */
export function consentPolicy({
  configs,
  register,
  companies,
  annotations,
  today,
}: PolicyInput): (kind: Operation, sink: Sink, field: FieldId) => boolean {
  const processors = register.assessments.filter(({ role }) => role === "processor");
  return (kind, sink, field) => {
    const config = configs.configOf(sink.location.file);
    if (!config.consent.operations.includes(kind)) return false;
    if (asksForConsent(sink, annotations.fields.get(field))) return false;
    if (sink.host !== null && isFirstParty(sink.host, config.firstParty)) return false;
    if (kind !== "transfer") return true;
    const recipient = recipientOf(sink, config);
    const declared = annotations.fields.get(field);
    if (recipient === null || declared === undefined) return true;
    const need = { recipient, field: declared, purpose: sink.purpose, today };
    return coverageOf(processors, need, companies).kind !== "covered";
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
