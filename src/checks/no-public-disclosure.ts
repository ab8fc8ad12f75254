/** Article 18: children's personal information is not made public. */
import { listNames } from "../base/word-list.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { coverageOf } from "./coverage.js";
import { defineCheck } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { recipientOf } from "./recipients.js";

export interface DisclosureParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  /** The company that shows it, or null. */
  readonly recipient: string | null;
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
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} made public through ${p.callee}${p.recipient === null ? "" : ` (${p.recipient})`}.`,
    why,
    mend:
      p.recipient === null
        ? "Keep it private, and give it out to people who are signed in and may see it."
        : `Keep it private; where a law or an agreement with the guardians allows it, keep a record of ${p.recipient} with role: disclosure and its basis.`,
  }),
};

/** A record of a disclosure names the law, or the agreement with the guardians. */
function isAllowed(flow: Flow, facts: Facts): boolean {
  const { register, annotations, companies, today } = facts;
  const recipient = recipientOf(flow.sink, facts.configOf(flow.sink.location.file));
  const field = annotations.fields.get(flow.field);
  if (recipient === null || field === undefined) return false;
  const need = { recipient, field, purpose: null, today };
  return coverageOf(register.assessments, need, companies).kind === "covered";
}

export const noPublicDisclosure = defineCheck({
  id: "no-public-disclosure",
  description: "children's personal information is not made public",
  texts,
  find(facts, say) {
    const breaking = facts.flows.filter((flow) => flow.sink.role === "public" && !isAllowed(flow, facts));
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
      breaking,
      facts.annotations,
      ({ sink, protection }, field) => ({
        message: say("public", { fields: [field.name], callee: sink.callee, recipient: sink.recipient }),
        isDoubtful: protection.kind === "encrypted",
      }),
    );
    return [...published, ...answers];
  },
});
