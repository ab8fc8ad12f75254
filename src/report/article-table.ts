/** Every article of the Provisions, with what the run can say of it. Nothing is ever called met. */
import { checks } from "../checks/index.js";
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import {
  articleNumbers,
  articlesOf,
  declaredArticles,
  papers as papersOfConfig,
  undecidableArticles,
  type Paper,
  type RuleId,
} from "../contracts/obligation.js";
import type { ArticleEvidence, ReportDocument } from "../contracts/report.js";
import { papersFor, silenced } from "./article-papers.js";
import { lookedAt, notLookedAt } from "./article-places.js";
import { plain } from "./plain-location.js";
import type { TextTable } from "./messages/text-table.js";

type Article = ReportDocument["articles"][number];

export function articleTable(analysis: Analysis, texts: TextTable): Article[] {
  return articleNumbers.map((article) => {
    const findings = analysis.findings.filter((finding) => finding.articles.includes(article));
    return { article, findings: findings.length, ...judge(article, findings, analysis, texts) };
  });
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
  if (proven.length > 0) return { status: "violated", evidence: violations };
  if (declaredArticles.has(article)) return declared(article, violations, analysis, texts);
  if (undecidableArticles.has(article))
    return { status: "undetermined", evidence: [note("limit", words.undecidable)] };
  const rules = checks
    .map((check) => check.id)
    .filter((id) => id !== "valid-setup" && articlesOf(id).includes(article));
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
  const evidence = rules.map((rule) => note("check", words.checked(rule, flowsFor(rule, analysis))));
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
    ...(touching.length > 0 ? [note("blind-spots", words.blindSpots(touching.length))] : []),
    ...(isUntold ? [note("limit", words.nothingDeclared)] : []),
    ...notLookedAt(article, analysis, texts),
    ...suppressed,
  ];
  const all = [...evidence, ...lookedAt(article, analysis, texts), ...possible, ...papers, ...doubts];
  if (possible.length > 0 || doubts.length > 0) return { status: "undetermined", evidence: all };
  return { status: papers.length > 0 ? "declared" : "no-violation-found", evidence: all };
}

function flowsFor(rule: RuleId, { flows }: Analysis): number {
  return flows.filter(({ sink: { role } }) => {
    if (rule === "no-child-data-in-logs") return role === "log";
    if (rule === "no-public-disclosure") return role === "public";
    if (rule === "require-assessment" || rule === "no-undeclared-purpose")
      return role === "disclose" || role === "http";
    if (rule === "require-deletion-path") return role === "store" || role === "sql";
    // Consent and ages are judged for whatever keeps data or hands it on.
    if (rule === "require-guardian-consent" || rule === "valid-age-threshold") return role !== "log";
    return role === "store" || role === "sql";
  }).length;
}

/** Articles that rest on papers: what the config names, and nothing where there is none. */
function declared(
  article: number,
  violations: readonly ArticleEvidence[],
  { configs }: Analysis,
  texts: TextTable,
): Pick<Article, "status" | "evidence"> {
  const wanted = (Object.keys(papersOfConfig) as Paper[]).filter(
    (paper) => papersOfConfig[paper] === article,
  );
  const evidence = configs.flatMap((config) =>
    wanted.flatMap((paper): ArticleEvidence[] => {
      const value = config[paper];
      if (value === null || config.file === null) return [];
      const text = typeof value === "string" ? value : `${value.name}, ${value.contact}`;
      return [
        {
          kind: "declared",
          location: { file: config.file, line: 1, column: 1 },
          note: texts.articles.declared(`${paper}: ${text}`),
        },
      ];
    }),
  );
  const isComplete = configs.some((config) => wanted.every((paper) => config[paper] !== null));
  if (isComplete) return { status: "declared", evidence: [...evidence, ...violations] };
  return {
    status: "undetermined",
    evidence: [...evidence, ...violations, note("limit", texts.articles.nothingDeclared)],
  };
}

function note(kind: string, text: string): ArticleEvidence {
  return { kind, location: null, note: text };
}
