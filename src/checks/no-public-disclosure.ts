/** Article 18: children's personal information is not made public. */
import { listNames } from "../base/word-list.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { coverageOf, type Coverage, type Gap } from "./coverage.js";
import { defineCheck } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { flawsOf, mendsOf } from "./gap-words.js";
import { recipientOf } from "./recipients.js";

export interface DisclosureParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  /** The company that shows it, or null. */
  readonly recipient: string | null;
  /** The record of that disclosure which does not do, and why; null where there is none. */
  readonly record: string | null;
  readonly gaps: readonly Gap[];
}

export interface AnswerParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly outset: string;
  readonly otherOutsets: readonly string[];
}

const why =
  "Article 18: children's personal information is not disclosed, except where a law says so or the guardians have agreed to it.";

const texts = {
  "open-answer": (p: AnswerParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} answered to whoever asks through ${p.outset}${p.otherOutsets.length === 0 ? "" : ` and ${String(p.otherOutsets.length)} more`}: no authorization stands before it, as it does before other routes. It cannot be told whether that is meant.`,
    why,
    mend: "Check before the answer who asks and what that person may see, and answer 401 or 403 where it is not allowed; or leave the data out.",
  }),
  public: (p: DisclosureParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} made public through ${p.callee}${p.recipient === null ? "" : ` (${p.recipient})`}${p.record === null ? "" : `, and its record (${p.record}) ${flawsOf(p.gaps)}`}.`,
    why,
    mend: mendOf(p),
  }),
};

function mendOf({ recipient, record, gaps }: DisclosureParameters): string {
  if (recipient === null)
    return "Keep it private, and give it out to people who are signed in and may see it.";
  const when = "Keep it private; where a law or an agreement with the guardians allows it,";
  return record === null
    ? `${when} keep a record of ${recipient} with role: disclosure and its basis.`
    : `${when} assess it anew where needed, and write ${mendsOf(gaps)} into ${record}.`;
}

/**
 * A record of a disclosure names the law, or the agreement with the guardians. One of another role is about what else
 * the company gets, and stays as it is.
 */
function coverageIn(flow: Flow, facts: Facts): Coverage {
  const { register, annotations, companies, today } = facts;
  const recipient = recipientOf(flow.sink, facts.configOf(flow.sink.location.file));
  const field = annotations.fields.get(flow.field);
  if (recipient === null || field === undefined) return { kind: "missing" };
  const need = { recipient, field, purpose: null, today };
  const disclosures = register.assessments.filter(({ role }) => role === "disclosure");
  return coverageOf(disclosures, need, companies);
}

export const noPublicDisclosure = defineCheck({
  id: "no-public-disclosure",
  description: "children's personal information is not made public",
  texts,
  find(facts, say) {
    const breaking = new Map<Flow, Coverage>();
    for (const flow of facts.flows) {
      if (flow.sink.role !== "public") continue;
      const coverage = coverageIn(flow, facts);
      if (coverage.kind !== "covered") breaking.set(flow, coverage);
    }
    const answers = facts.openAnswers.flatMap((answer): FlowFinding[] => {
      const { sink, outset, otherOutsets, trace, assumptions } = answer;
      const field = facts.annotations.fields.get(answer.field);
      if (field === undefined) return [];
      const parameters = { fields: [field.name], callee: sink.callee, outset: outset.name, otherOutsets };
      return [
        {
          rule: "no-public-disclosure",
          message: say("open-answer", parameters),
          field,
          otherSources: [],
          verdict: "possible",
          location: sink.location,
          sink,
          protection: { kind: "raw" },
          trace,
          assumptions,
        },
      ];
    });
    const published = flowFindings(
      "no-public-disclosure",
      [...breaking.keys()],
      facts.annotations,
      (flow, field) => {
        const { callee, recipient } = flow.sink;
        const found = breaking.get(flow);
        const lacks = found?.kind === "gaps" ? found : null;
        const record = { record: lacks?.record.file ?? null, gaps: lacks?.gaps ?? [] };
        return {
          message: say("public", { fields: [field.name], callee, recipient, ...record }),
          isDoubtful: flow.protection.kind === "encrypted",
        };
      },
    );
    return [...published, ...answers];
  },
});
