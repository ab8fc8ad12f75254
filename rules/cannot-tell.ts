import { defineRule } from "./define-rule.js";

/** Not a duty: ESLint knows one level a rule, so what is possible of every duty is reported here. */
export const cannotTell = defineRule({
  id: "cannot-tell",
  description: "what other rules cannot decide from the code is looked at by a person",
});
