/** Which uses of child data need a guardian's consent: policy of the config, and what the register covers. */
import type { Day } from "../base/day.js";
import type { AnnotationTable, Field, FieldId } from "../contracts/annotation.js";
import type { ConsentPolicy, Sink } from "../contracts/flow.js";
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

type Asked = (kind: Operation, sink: Sink, field: FieldId) => boolean;

/** Entrusting a processor on a valid record needs no consent; a request to one's own server is none of the operations. */
export function consentPolicy({
  configs,
  register,
  companies,
  annotations,
  today,
}: PolicyInput): ConsentPolicy {
  const processors = register.assessments.filter(({ role }) => role === "processor");
  const isOperation: Asked = (kind, sink, field) => {
    const config = configs.configOf(sink.location.file);
    return (
      config.consent.operations.includes(kind) &&
      !asksForConsent(sink, annotations.fields.get(field)) &&
      !(sink.host !== null && isFirstParty(sink.host, config.firstParty))
    );
  };
  const isEntrusted: Asked = (kind, sink, field) => {
    const recipient = kind === "transfer" ? recipientOf(sink, configs.configOf(sink.location.file)) : null;
    const declared = annotations.fields.get(field);
    if (recipient === null || declared === undefined) return false;
    const need = { recipient, field: declared, purpose: sink.purpose, today };
    return coverageOf(processors, need, companies).kind === "covered";
  };
  const hasWithdrawal = [...annotations.functions.values()].some((roles) =>
    roles.some(({ tag, deletion }) => tag === "deletionPath" && deletion === "withdrawal"),
  );
  return {
    needsConsent: (kind, sink, field) => isOperation(kind, sink, field) && !isEntrusted(kind, sink, field),
    // A processor may be given no more once consent is withdrawn.
    mayBeWithdrawn: (kind, sink, field) =>
      hasWithdrawal && kind !== "collection" && isOperation(kind, sink, field),
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
