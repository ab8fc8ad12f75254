/** What of an article rests on papers or on somebody's word: declared in the config, the register or a comment. */
import { coverageOf } from "../checks/coverage.js";
import { recipientOf } from "../checks/recipients.js";
import { matchesStore } from "../checks/store-name.js";
import type { Analysis } from "../contracts/analysis.js";
import type { Assessment } from "../contracts/register.js";
import { articleOf, articleOfRole, type RuleId } from "../contracts/obligation.js";
import type { ArticleEvidence } from "../contracts/report.js";
import type { TextTable } from "./messages/text-table.js";
import { plain } from "./plain-location.js";

export function papersFor(
  article: number,
  rules: readonly RuleId[],
  analysis: Analysis,
  texts: TextTable,
): ArticleEvidence[] {
  return [
    ...(rules.includes("require-encryption") ? declaredStores(analysis, texts) : []),
    ...(rules.includes("require-retention-period") ? declaredPeriods(analysis, texts) : []),
    ...(article === articleOf.deletion || article === articleOf.shutdown ? keptByLaw(analysis, texts) : []),
    ...(rules.includes("require-assessment") || rules.includes("no-public-disclosure")
      ? records(article, analysis, texts)
      : []),
  ];
}

/** Of stores that child data comes to; what is said of others says nothing. */
function declaredStores({ configs, flows }: Analysis, texts: TextTable): ArticleEvidence[] {
  return configs.flatMap((config) =>
    config.stores
      .filter(({ match }) => flows.some(({ sink }) => matchesStore(match, sink)))
      .map((store) => ({
        kind: "declared",
        location: plain(store.location),
        note: texts.articles.declared(`${store.match}: ${store.encryptedAtRest}`),
      })),
  );
}

/** Periods that are declared, and that nothing in the code keeps to. */
function declaredPeriods({ strictFindings }: Analysis, texts: TextTable): ArticleEvidence[] {
  return strictFindings.flatMap((finding) =>
    finding.rule === "require-retention-period" && "field" in finding
      ? [
          {
            kind: "declared",
            location: plain(finding.location),
            note: texts.articles.declared(`${finding.field.name}: ${finding.field.retention?.text ?? ""}`),
          },
        ]
      : [],
  );
}

function keptByLaw({ configs, flows }: Analysis, texts: TextTable): ArticleEvidence[] {
  return configs.flatMap(({ file, deletion }) =>
    deletion.retainedByLaw
      .filter(({ store }) => flows.some(({ sink }) => matchesStore(store, sink)))
      .map(({ store, statute, until }) => ({
        kind: "declared",
        location: file === null ? null : { file, line: 1, column: 1 },
        note: texts.articles.declared(`${store}: ${statute}, ${until}`),
      })),
  );
}

/** Records of the register by which recipients of the article's role get what they get. */
function records(article: number, analysis: Analysis, texts: TextTable): ArticleEvidence[] {
  const { flows, annotations, assessments, companies, today } = analysis;
  const covering = new Set<Assessment>();
  for (const { sink, field: id } of flows) {
    const recipient = recipientOf(sink, analysis.configOf(sink.location.file));
    const field = annotations.fields.get(id);
    if (recipient === null || field === undefined) continue;
    const found = coverageOf(assessments, { recipient, field, purpose: sink.purpose, today }, companies);
    if (found.kind === "covered" && articleOfRole[found.record.role] === article) covering.add(found.record);
  }
  return [...covering].map((record) => ({
    kind: "declared",
    location: plain(record.location),
    note: texts.articles.declared(`${record.recipient ?? (record.hosts ?? []).join(", ")}: ${record.role}`),
  }));
}

/** Findings that comments silence: somebody's word stands against them. */
export function silenced(article: number, { suppressed }: Analysis, texts: TextTable): ArticleEvidence[] {
  return suppressed
    .filter(({ finding }) => finding.articles.includes(article))
    .map(({ finding, reason }) => ({
      kind: "suppressed",
      location: plain(finding.location),
      note: texts.articles.silenced(finding.rule, reason),
    }));
}
