/** Every article of the Provisions, with what the run can say of it. Nothing is ever called met. */
import { checks } from "../checks/index.js";
import type { Analysis } from "../contracts/analysis.js";
import type { Sink } from "../contracts/flow.js";
import type { RatedFinding } from "../contracts/finding.js";
import {
  articleNumbers,
  articleOf,
  articlesOf,
  declaredArticles,
  undecidableArticles,
  type RuleId,
} from "../contracts/obligation.js";
import type { ArticleEvidence, ReportDocument } from "../contracts/report.js";
import { papersFor, silenced } from "./article-papers.js";
import { lookedAt, notLookedAt } from "./article-places.js";
import { namedPapers, papersOf } from "./named-papers.js";
import { plain } from "./plain-location.js";
import { isJudged, isJudgedAt, unjudged } from "./unjudged.js";
import type { Judged, TextTable } from "./messages/text-table.js";

type Article = ReportDocument["articles"][number];

export function articleTable(analysis: Analysis, texts: TextTable): Article[] {
  const rows = articleNumbers.map((article) => {
    const findings = analysis.findings.filter((finding) => finding.articles.includes(article));
    return { article, findings: findings.length, ...judge(article, findings, analysis, texts) };
  });
  const violated = rows.filter(({ status }) => status === "violated").map(({ article }) => article);
  return rows.map((row) =>
    row.article === articleOf.principles
      ? { ...row, evidence: [note("limit", texts.articles.principles(violated))] }
      : row,
  );
}

function judge(
  article: number,
  findings: readonly RatedFinding[],
  analysis: Analysis,
  texts: TextTable,
): Pick<Article, "status" | "evidence"> {
  const words = texts.articles;
  const proven = findings.filter((finding) => finding.verdict === "proven");
  const violations = findings.map((finding) => ({
    kind: "finding",
    location: plain(finding.location),
    note: words.violated(finding.rule),
  }));
  const unasked = unjudged(article, analysis, texts);
  const rules = checks
    .map((check) => check.id)
    .filter((id) => id !== "valid-setup" && articlesOf(id).includes(article));
  if (proven.length > 0)
    return {
      status: "violated",
      evidence: [
        ...checkedNotes(rules, analysis, texts),
        ...namedPapers(article, findings, analysis, texts),
        ...violations,
        ...unasked,
      ],
    };
  if (declaredArticles.has(article)) return declared(article, findings, violations, analysis, texts);
  if (undecidableArticles.has(article))
    return {
      status: "undetermined",
      evidence: [note("limit", article === articleOf.unrecognised ? words.unmarked : words.undecidable)],
    };
  if (rules.length === 0)
    return { status: "undetermined", evidence: [...violations, note("limit", words.notChecked)] };
  if (analysis.fields.length === 0)
    return { status: "not-applicable", evidence: [note("limit", words.noChildData)] };
  return looked(article, rules, violations, analysis, texts);
}

/** A check has looked and found nothing certain. */
function looked(
  article: number,
  rules: readonly RuleId[],
  possible: readonly ArticleEvidence[],
  analysis: Analysis,
  texts: TextTable,
): Pick<Article, "status" | "evidence"> {
  const words = texts.articles;
  const evidence = checkedNotes(rules, analysis, texts);
  const papers = papersFor(article, rules, analysis, texts);
  const suppressed = silenced(article, analysis, texts);
  // What stands in a file that was not read may be anything; an import that leads nowhere matters where data meets it.
  const touching = analysis.blindSpots.filter(
    (spot) =>
      (spot.field !== null && !rules.every((rule) => rule === "valid-age-threshold")) ||
      spot.kind === "not-analysed" ||
      spot.kind === "parse-error",
  );
  // Without a notice there is nothing that the code could be held against.
  const isUntold = rules.includes("complete-notice") && analysis.notices.length === 0;
  const doubts = [
    ...unjudged(article, analysis, texts),
    ...(touching.length > 0 ? [note("blind-spots", words.blindSpots(touching.length))] : []),
    ...(isUntold ? [note("limit", words.nothingDeclared)] : []),
    ...notLookedAt(article, analysis, texts),
    ...suppressed,
  ];
  const all = [...evidence, ...lookedAt(article, analysis, texts), ...possible, ...papers, ...doubts];
  if (possible.length > 0 || doubts.length > 0) return { status: "undetermined", evidence: all };
  if (papers.length > 0) return { status: "declared", evidence: all };
  // Where there was nothing to look at, nothing was found to be without a violation.
  return judgedRules(rules, analysis).every((rule) => judgedBy(rule, analysis).count === 0)
    ? { status: "not-applicable", evidence: [...all, note("limit", words.nothingThere)] }
    : { status: "no-violation-found", evidence: all };
}

/** What the checks of an article have looked at. */
function checkedNotes(
  rules: readonly RuleId[],
  analysis: Analysis,
  { articles: words }: TextTable,
): readonly ArticleEvidence[] {
  return judgedRules(rules, analysis).map((rule) => {
    const { count, what } = judgedBy(rule, analysis);
    return note("check", words.checked(rule, count, what));
  });
}

function judgedRules(rules: readonly RuleId[], analysis: Analysis): readonly RuleId[] {
  return rules.filter((rule) => isJudged(rule, analysis));
}

/** What a check has looked at, and how much of it. */
function judgedBy(rule: RuleId, analysis: Analysis): { readonly what: Judged; readonly count: number } {
  const { captures, judged } = analysis;
  const flows = analysis.flows.filter(({ sink }) => isJudgedAt(rule, sink.location.file, analysis));
  const flowsTo = (...roles: readonly Sink["role"][]): number =>
    flows.filter(({ sink: { role } }) => roles.includes(role)).length;
  switch (rule) {
    case "require-access-record":
      return { what: "staff-read", count: judged.staffReads };
    case "valid-age-threshold":
      return { what: "age-test", count: judged.ageTests };
    case "no-child-data-in-logs":
      return { what: "flow", count: flowsTo("log") };
    case "no-public-disclosure":
      return { what: "flow", count: flowsTo("public") + judged.openAnswers };
    case "require-assessment":
      return { what: "flow", count: flowsTo("disclose", "http") + captures.length };
    case "no-undeclared-purpose":
      return { what: "flow", count: flowsTo("disclose", "http") };
    // Consent is judged for whatever keeps data or hands it on; a notice speaks of all of that.
    case "require-guardian-consent":
    case "complete-notice":
      return { what: "flow", count: flows.length - flowsTo("log") };
    default:
      return { what: "flow", count: flowsTo("store", "sql") };
  }
}

/** Articles that rest on papers: what the config names, and nothing where there is none. */
function declared(
  article: number,
  findings: readonly RatedFinding[],
  violations: readonly ArticleEvidence[],
  analysis: Analysis,
  texts: TextTable,
): Pick<Article, "status" | "evidence"> {
  const wanted = papersOf(article);
  const evidence = namedPapers(article, findings, analysis, texts);
  const isComplete = analysis.configs.some((config) => wanted.every((paper) => config[paper] !== null));
  if (isComplete) return { status: "declared", evidence: [...evidence, ...violations] };
  const isNothing = evidence.length === 0;
  return {
    status: "undetermined",
    evidence: [
      ...evidence,
      ...violations,
      ...(isNothing ? [note("limit", texts.articles.nothingDeclared)] : []),
    ],
  };
}

function note(kind: string, text: string): ArticleEvidence {
  return { kind, location: null, note: text };
}
