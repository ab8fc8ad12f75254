/** Article 2: a child is under 14. A test of an age before an operation that needs consent lets nobody under 14 pass. */
import type { AgeFault } from "../contracts/flow.js";
import type { GuardFinding } from "../contracts/finding.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck } from "./define-check.js";

export interface AgeParameters {
  /** The age of the youngest who pass, in whole years. */
  readonly youngest: number;
}

const why = "Article 2: a child is somebody under 14, and a guardian's consent is needed for each of them.";
const keep =
  "Ask for the side of those who are no children, so that what is no number is none of them: `age >= 14`.";

const texts = {
  limit: ({ youngest }: AgeParameters): FindingText => ({
    what: `This test takes people of ${String(youngest)} for no children, and what needs a guardian's consent goes on without it.`,
    why,
    mend: "Compare with 14: `age >= 14`, or `age > 13` for whole years.",
  }),
  young: (_: AgeParameters): FindingText => ({
    what: "Who is younger than this test asks for goes on without a guardian's consent.",
    why,
    mend: "Turn them away, or ask for consent for everybody under 14.",
  }),
  rounding: (_: AgeParameters): FindingText => ({
    what: "The age that is tested may be more than the person's: somebody who is still 13 passes for 14.",
    why,
    mend: "Count the years that are completed: one less before the birthday.",
  }),
  missing: (_: AgeParameters): FindingText => ({
    what: "An age that is missing, or is no number, passes this test for that of somebody who is no child.",
    why,
    mend: keep,
  }),
  unchecked: (_: AgeParameters): FindingText => ({
    what: "If the age that is tested is no number, it passes for that of somebody who is no child.",
    why,
    mend: keep,
  }),
  unread: (_: AgeParameters): FindingText => ({
    what: "The limit of this test is set outside the code: if it is less than 14, children pass for others.",
    why,
    mend: "Write the limit down in the code, or hold the setting to it: `Math.max(14, limit)`.",
  }),
  assumed: (_: AgeParameters): FindingText => ({
    what: "A number that is written in the code stands for the age on some ways to this test, and passes for that of somebody who is no child, whoever comes that way.",
    why,
    mend: "Ask for the age on every way, or for a guardian's consent where nobody says it.",
  }),
} satisfies Record<AgeFault, (p: AgeParameters) => FindingText>;

export const validAgeThreshold = defineCheck({
  id: "valid-age-threshold",
  description: "tests of an age before consent or collection leave out nobody under 14",
  texts,
  find(facts, say) {
    return facts.ageTests.map(({ fault, youngest, location, enclosing }): GuardFinding => {
      const isSure = fault !== "unchecked" && fault !== "unread" && fault !== "assumed";
      return {
        rule: "valid-age-threshold",
        verdict: isSure ? "proven" : "possible",
        subject: `${fault} ${enclosing}`,
        location,
        message: say(fault, { youngest: Math.floor(youngest + 1e-6) }),
      };
    });
  },
});
