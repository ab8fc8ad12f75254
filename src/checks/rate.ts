/** What policy adds to the findings of the checks: severity, fingerprint, order, suppressions. */
import { hashParts } from "../base/hash.js";
import { compareLocations } from "../base/location.js";
import type { Field } from "../contracts/annotation.js";
import type { Finding, RatedFinding, SuppressedFinding } from "../contracts/finding.js";
import { articlesOf, defaultLevelOf, type Level, type RuleId } from "../contracts/obligation.js";
import type { Facts } from "./facts.js";
import { suppressionOf } from "./suppression.js";

export interface Verdicts {
  readonly findings: readonly RatedFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly strictFindings: readonly RatedFinding[];
  /** Rules of which something is possible that no face shows, as `cannot-tell` is off there; sorted. */
  readonly unshown: readonly RuleId[];
}

/** Rates findings by the config of the file they stand in and sets the suppressed ones apart. */
export function rateFindings(findings: readonly Finding[], facts: Facts): Verdicts {
  const rated = withFingerprints([...findings].sort(compareFindings), facts);
  const open: RatedFinding[] = [];
  const strict: RatedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of rated) {
    const by = suppressionOf(finding, facts.suppressions, facts.today);
    if (by !== undefined) {
      const namesRule = by.rules === null || by.rules.includes(`child-privacy/${finding.rule}`);
      suppressed.push({ finding, reason: by.reason, until: by.until, comment: by.comment, namesRule });
    } else if ("isStrict" in finding && finding.isStrict) strict.push(finding);
    else open.push(finding);
  }
  return { findings: open, suppressed, strictFindings: strict, unshown: unshownRules(findings, facts) };
}

function unshownRules(findings: readonly Finding[], facts: Facts): RuleId[] {
  const unshown = findings.filter(
    ({ rule, verdict, location }) =>
      verdict === "possible" &&
      facts.configOf(location.file).rules["cannot-tell"] === "off" &&
      facts.configOf(location.file).rules[rule] !== "off",
  );
  return [...new Set(unshown.map(({ rule }) => rule))].sort();
}

/** What is assumed has the level of `cannot-tell`, through which ESLint shows it. Null: the rule is off. */
function severityOf(finding: Finding, facts: Facts): Level | null {
  const { rules } = facts.configOf(finding.location.file);
  const level = rules[finding.rule] ?? defaultLevelOf(finding.rule);
  if (level === "off") return null;
  if (finding.verdict === "proven") return level;
  const ofPossible = rules["cannot-tell"] ?? defaultLevelOf("cannot-tell");
  return ofPossible === "off" ? null : ofPossible;
}

function withFingerprints(findings: readonly Finding[], facts: Facts): RatedFinding[] {
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const parts = identityOf(finding);
    const key = hashParts(parts);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const severity = severityOf(finding, facts);
    if (severity === null) return [];
    const articles = finding.articles ?? articlesOf(finding.rule);
    return [{ ...finding, articles, severity, fingerprint: hashParts([...parts, String(ordinal)], 16) }];
  });
}

/** What a finding is about, in names that survive edits elsewhere. */
function identityOf(finding: Finding): string[] {
  const { rule, location } = finding;
  if ("sink" in finding) {
    const { sink, field } = finding;
    return [
      rule,
      sourceKey(field),
      `${sink.package}#${sink.path}`,
      sink.target ?? "",
      location.file,
      sink.enclosing,
    ];
  }
  return [rule, finding.subject, location.file];
}

/** A local's id holds an offset, which moves with every edit; its name and file do not. */
function sourceKey(field: Field): string {
  return /@\d+$/u.test(field.id) ? `${field.declaration.file}#${field.name}` : field.id;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareLocations(a.location, b.location) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(subjectOf(a), subjectOf(b))
  );
}

function subjectOf(finding: Finding): string {
  return "sink" in finding ? `${finding.field.name} ${finding.field.id}` : finding.subject;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
