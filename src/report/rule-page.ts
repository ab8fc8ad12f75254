import type { RuleId } from "../contracts/obligation.js";

/** Where the page of a rule is published, for a version of this package. */
export function rulePage(rule: RuleId, version: string): string {
  return `https://unpkg.com/eslint-plugin-child-privacy@${version}/rules/${rule}.md`;
}
