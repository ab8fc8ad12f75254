/** What of an article's duties this run was told not to judge: of that nobody knows whether it is kept. */
import type { FilePath } from "../base/keys.js";
import type { Analysis } from "../contracts/analysis.js";
import { articlesOf, ruleIds, type RuleId } from "../contracts/obligation.js";
import type { ArticleEvidence } from "../contracts/report.js";
import type { TextTable } from "./messages/text-table.js";
import { plain } from "./plain-location.js";

type Run = Pick<Analysis, "leftOut" | "configOf">;

/** Whether a rule was judged anywhere. */
export function isJudged(rule: RuleId, { leftOut: { asked, switchedOff } }: Run): boolean {
  if (asked !== null && !asked.includes(rule)) return false;
  return !switchedOff.some((each) => each.rule === rule && each.files === each.of);
}

export function isJudgedAt(rule: RuleId, file: FilePath, run: Run): boolean {
  return isJudged(rule, run) && run.configOf(file).rules[rule] !== "off";
}

/** The rules of an article that were not judged, or not everywhere, each with the reason. */
export function unjudged(article: number, run: Run, { articles: words }: TextTable): ArticleEvidence[] {
  const { asked, switchedOff, unshown } = run.leftOut;
  const rules = ruleIds.filter((rule) => articlesOf(rule).includes(article));
  return rules.flatMap((rule): ArticleEvidence[] => {
    const off = switchedOff
      .filter((each) => each.rule === rule)
      .map(({ location, files, of }) => ({
        kind: "left-out",
        location: plain(location),
        note: words.switchedOff(rule, files, of),
      }));
    if (asked !== null && !asked.includes(rule))
      return [{ kind: "left-out", location: null, note: words.unasked(rule) }, ...off];
    return unshown.includes(rule)
      ? [...off, { kind: "left-out", location: null, note: words.unshown(rule) }]
      : off;
  });
}
