/** Article 14: children's personal information is used only for the purposes that were agreed to. */
import { listNames, listWords } from "../base/word-list.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck } from "./define-check.js";
import { flowFindings } from "./flow-finding.js";
import { recipientName } from "./store-name.js";

export interface PurposeParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly recipient: string;
  /** What the call is for. */
  readonly purpose: string;
  /** What the field's `@purpose` says. */
  readonly agreed: readonly string[];
}

const texts = {
  other: (p: PurposeParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "goes" : "go"} to ${p.recipient} through ${p.callee} for ${p.purpose}; agreed to ${p.agreed.length === 1 ? "is" : "are"} ${listWords(p.agreed, "and")}.`,
    why: "Article 14: children's personal information is used only for the purposes and within the scope that the guardian agreed to; any other needs a new consent.",
    mend: `Leave it out here; or ask the guardians for ${p.purpose} and add it to @purpose.`,
  }),
};

export const noUndeclaredPurpose = defineCheck({
  id: "no-undeclared-purpose",
  description: "children's personal information is used for the purposes that its annotation declares",
  texts,
  find(facts, say) {
    const breaking = facts.flows.filter(({ field, sink: { purpose } }) => {
      const agreed = facts.annotations.fields.get(field)?.purposes ?? [];
      return purpose !== null && agreed.length > 0 && !agreed.includes(purpose);
    });
    return flowFindings("no-undeclared-purpose", breaking, facts.annotations, ({ sink }, field) =>
      say("other", {
        fields: [field.name],
        callee: sink.callee,
        recipient: recipientName(sink),
        purpose: sink.purpose ?? "",
        agreed: field.purposes,
      }),
    );
  },
});
