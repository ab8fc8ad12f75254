/** SARIF 2.1.0, for code scanning: each finding with its way as a code flow, suppressed ones marked as such. */
import type { Location } from "../base/location.js";
import type { RatedFinding, SuppressedFinding } from "../contracts/finding.js";
import { articleNumbers, articlesOf, defaultLevelOf } from "../contracts/obligation.js";
import { traceOf } from "./joined-steps.js";
import type { CheckedRule, TextTable } from "./messages/text-table.js";
import type { Rendering } from "./rendering.js";
import { rulePage } from "./rule-page.js";
import { joinText, wordFinding, wordStep } from "./word-finding.js";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const law = "children-provisions";

/** Ends with a line break. */
export function renderSarif(rendering: Rendering): string {
  const { analysis, report, texts } = rendering;
  const rules = rulesOf(texts);
  const run = {
    tool: { driver: driverOf(rendering, rules) },
    taxonomies: [taxonomyOf(texts)],
    automationDetails: { id: "child-privacy/" },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        commandLine: report.provenance.command,
        executionSuccessful: !analysis.isSetupBroken,
        toolExecutionNotifications: analysis.problems.map(({ kind, subject, location }) => ({
          level: "warning",
          message: { text: joinText(texts.problems[kind](subject.replace(/\.$/u, "")), null) },
          locations: location.file === "" || location.file === "." ? [] : [locationOf(rendering, location)],
        })),
      },
    ],
    results: [
      ...analysis.findings.map((finding) => resultOf(rendering, rules, finding, null)),
      ...analysis.suppressed.map((each) => resultOf(rendering, rules, each.finding, each)),
    ],
    properties: {
      provenance: report.provenance,
      notExamined: report.notExamined,
      articles: report.articles.map(({ article, status }) => ({ article, status })),
    },
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function rulesOf(texts: TextTable): readonly CheckedRule[] {
  return (Object.keys(texts.rules) as CheckedRule[]).filter((rule) => rule !== "cannot-tell");
}

function driverOf({ report, texts }: Rendering, rules: readonly CheckedRule[]): object {
  const { tool } = report.provenance;
  return {
    name: "child-privacy",
    fullName: texts.report.title,
    version: tool,
    semanticVersion: tool,
    informationUri: `https://unpkg.com/eslint-plugin-child-privacy@${tool}/README.md`,
    language: texts.language,
    supportedTaxonomies: [{ name: law, index: 0 }],
    rules: rules.map((rule) => ruleOf(rule, texts, tool)),
  };
}

function ruleOf(rule: CheckedRule, texts: TextTable, version: string): object {
  const articles = articlesOf(rule) as readonly (keyof TextTable["duties"])[];
  const duties = articles.map((article) => `${texts.report.articleName(article)}: ${texts.duties[article]}`);
  const page = rulePage(rule, version);
  const description = texts.rules[rule];
  return {
    id: rule,
    name: rule.replace(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: description },
    fullDescription: { text: [description, ...duties].join("\n") },
    help: {
      text: [description, ...duties, page].join("\n"),
      markdown: [`**${description}**`, ...duties.map((duty) => `- ${duty}`), `[${rule}](${page})`].join(
        "\n\n",
      ),
    },
    helpUri: page,
    defaultConfiguration: { level: defaultLevelOf(rule) === "error" ? "error" : "warning" },
    relationships: articles.map((article) => ({
      target: {
        id: String(article),
        index: articleNumbers.indexOf(article),
        toolComponent: { name: law, index: 0 },
      },
      kinds: ["relevant"],
    })),
    properties: { tags: ["privacy", "children", "security"], articles },
  };
}

function taxonomyOf(texts: TextTable): object {
  const taxa = articleNumbers as readonly (keyof TextTable["duties"])[];
  return {
    name: law,
    fullName: texts.report.law,
    shortDescription: { text: texts.report.law },
    taxa: taxa.map((article) => ({
      id: String(article),
      name: texts.report.articleName(article),
      shortDescription: { text: texts.duties[article] },
    })),
  };
}

function resultOf(
  rendering: Rendering,
  rules: readonly CheckedRule[],
  finding: RatedFinding,
  suppressed: SuppressedFinding | null,
): object {
  const { texts } = rendering;
  const { text, doubt } = wordFinding(texts, finding);
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: finding.severity === "error" ? "error" : "warning",
    message: { text: joinText(text, doubt) },
    locations: [locationOf(rendering, finding.location)],
    partialFingerprints: { "childPrivacy/v1": finding.fingerprint },
    ...wayOf(rendering, finding),
    ...(suppressed === null ? {} : { suppressions: [suppressionOf(rendering, suppressed)] }),
    properties: {
      verdict: finding.verdict,
      articles: finding.articles,
      ...("field" in finding ? { field: finding.field.name, category: finding.field.category } : {}),
    },
  };
}

function wayOf(rendering: Rendering, finding: RatedFinding): object {
  const { texts } = rendering;
  const trace = traceOf(finding);
  const way = trace.map(({ location, note }, index) => ({
    location: { ...locationOf(rendering, location), message: { text: wordStep(texts, note) } },
    executionOrder: index + 1,
    importance: index === 0 || index === trace.length - 1 ? "essential" : "important",
  }));
  const related =
    "field" in finding
      ? [
          { location: finding.field.declaration, text: finding.field.name },
          ...finding.otherSources.map((location) => ({ location, text: texts.headings.sources })),
        ]
      : [];
  return {
    ...(way.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations: way }] }] }),
    relatedLocations: related.map(({ location, text }, index) => ({
      id: index + 1,
      ...locationOf(rendering, location),
      message: { text },
    })),
  };
}

function suppressionOf(rendering: Rendering, { reason, until, comment }: SuppressedFinding): object {
  return {
    kind: "inSource",
    status: "accepted",
    ...(reason === null ? {} : { justification: until === null ? reason : `${reason} (until ${until})` }),
    location: locationOf(rendering, comment),
  };
}

function locationOf({ prefix }: Rendering, { file, line, column, endLine, endColumn }: Location): object {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: (prefix + file).split("/").map(encodeURIComponent).join("/"),
        uriBaseId: "%SRCROOT%",
      },
      region: {
        startLine: line,
        startColumn: column,
        ...(endLine === undefined ? {} : { endLine }),
        ...(endColumn === undefined ? {} : { endColumn }),
      },
    },
  };
}
