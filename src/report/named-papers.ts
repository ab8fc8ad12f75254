/** Papers that an article asks for: which of them each config names, and which it was searched for in vain. */
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import { papers, type Paper } from "../contracts/obligation.js";
import type { ArticleEvidence } from "../contracts/report.js";
import type { TextTable } from "./messages/text-table.js";

type Config = Analysis["configs"][number];

export function papersOf(article: number): readonly Paper[] {
  return (Object.keys(papers) as Paper[]).filter((paper) => papers[paper] === article);
}

/** Of every config that names one of them or was found to lack one. */
export function namedPapers(
  article: number,
  findings: readonly RatedFinding[],
  { configs }: Analysis,
  texts: TextTable,
): ArticleEvidence[] {
  const wanted = papersOf(article);
  return configs.flatMap((config) => {
    const named = wanted.flatMap((paper) => namedPaper(paper, config, texts));
    const isAsked = named.length > 0 || findings.some(({ location }) => location.file === config.file);
    return isAsked ? [...named, ...lackingPapers(wanted, config, texts)] : [];
  });
}

function namedPaper(paper: Paper, config: Config, { articles: words }: TextTable): ArticleEvidence[] {
  const value = config[paper];
  if (value === null || config.file === null) return [];
  const text = typeof value === "string" ? value : `${value.name}, ${value.contact}`;
  return [{ kind: "declared", location: topOf(config.file), note: words.declared(`${paper}: ${text}`) }];
}

function lackingPapers(
  wanted: readonly Paper[],
  config: Config,
  { articles: words }: TextTable,
): ArticleEvidence[] {
  const lacking = wanted.filter((paper) => config[paper] === null);
  if (lacking.length === 0 || config.file === null) return [];
  return [{ kind: "check", location: topOf(config.file), note: words.lackingPapers(lacking) }];
}

function topOf(file: NonNullable<Config["file"]>): NonNullable<ArticleEvidence["location"]> {
  return { file, line: 1, column: 1 };
}
