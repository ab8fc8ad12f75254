/**
 * What `init` writes: a config, one draft record for each recipient that the register lacks, the lines for ESLint.
 * Drafts say what the code shows, and leave open what only people know.
 */
import { stringify } from "yaml";
import { speaksOf } from "../checks/coverage.js";
import { recordFileName, recordFolder } from "../checks/record-file.js";
import { recipientOf, type Recipient } from "../checks/recipients.js";
import type { Analysis } from "../contracts/analysis.js";
import type { Capture, Flow } from "../contracts/flow.js";

export interface Draft {
  /** Relative to the audited folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

const defaultFolder = "compliance/assessments/";

/** The config of a folder that has none; `#` stands before what only people know. */
export function draftConfig(analysis: Analysis): Draft {
  const schema = "node_modules/eslint-plugin-child-privacy/schema/config.json";
  return {
    path: "child-privacy.yaml",
    text: `# yaml-language-server: $schema=${schema}
# What the audit needs to know that the code cannot say. Everything is optional.

# Child data that no annotation can mark: generated and foreign code.
# fields:
#   - path: "src/models/child.ts#Child.birthDate"
#     category: identity
#     purpose: [service]
#     retention: until-deregistration

# The register: one file a recipient (Art. 16 to 18), one a version of the notice (Art. 10).
assessments: ["${defaultFolder}*.yaml"]
notices: ["compliance/notices/*.yaml"]

# Hosts of the same legal person; an affiliate is a third party.${suggestedHosts(analysis)}
# firstParty: ["*.example.cn", "env:INTERNAL_API"]

# Functions that establish a guardian's consent and cannot be marked with @guardianConsent (Art. 9).
# consent:
#   functions: ["src/consent.ts#requireGuardianConsent"]

# Encryption at rest that the code cannot show (Art. 13).
# stores:
#   - match: "database:prisma/*"
#     encryptedAtRest: "where the proof is"

# Articles 8 and 21.
# officer: { name: "…", contact: "…" }
# specialRules: "https://…"
# userAgreement: "https://…"
# emergencyPlan: "docs/incident-plan.md"
`,
  };
}

/** Addresses that cannot be told may be the operator's own: a person says so. */
function suggestedHosts({ flows }: Analysis): string {
  const settings = new Set(
    flows.flatMap(({ sink: { host } }) => (host !== null && host.startsWith("env:") ? [host] : [])),
  );
  return settings.size === 0
    ? ""
    : `\n# Child data goes to addresses of these settings; list those that are your own: ${[...settings].sort().join(", ")}`;
}

/** Somebody who gets child data: what is handed over, and what takes it by itself. */
interface Given {
  readonly recipient: Recipient;
  readonly flows: Flow[];
  readonly captures: Capture[];
}

/** One record for each recipient that no record speaks of, in the order of their names; what is disclosed has its own. */
export function draftRecords(analysis: Analysis): Draft[] {
  const found = new Map<string, Given>();
  const given = (recipient: Recipient): Given => {
    const { name, host, isKnown } = recipient;
    const key = `${isKnown ? name : `${host ?? ""} ${name}`}${isDisclosure(recipient) ? disclosed : ""}`;
    const known = found.get(key) ?? { recipient, flows: [], captures: [] };
    found.set(key, known);
    return known;
  };
  const isOnRecord = (recipient: Recipient): boolean =>
    analysis.assessments.some(
      (record) =>
        isDisclosure(record) === isDisclosure(recipient) && speaksOf(record, recipient, analysis.companies),
    );
  for (const flow of analysis.flows) {
    const recipient = recipientOf(flow.sink, analysis.configOf(flow.sink.location.file));
    if (recipient !== null && !isOnRecord(recipient)) given(recipient).flows.push(flow);
  }
  for (const capture of analysis.captures) {
    const { recipient: name, recipientRole: role } = capture;
    const recipient: Recipient = { name, host: null, role, isKnown: true };
    if (!isOnRecord(recipient)) given(recipient).captures.push(capture);
  }
  const folder = recordFolder(analysis.configs.flatMap(({ assessments }) => assessments)) ?? defaultFolder;
  const taken = new Set(analysis.assessments.map(({ file }) => file));
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => {
      const { name } = each.recipient;
      const own = `${folder}${recordFileName(name)}`;
      const path =
        isDisclosure(each.recipient) && taken.has(own) ? `${folder}${recordFileName(name + disclosed)}` : own;
      taken.add(path);
      return { path, text: recordText(each, analysis) };
    });
}

/** Behind the name of a company that gets data in another role as well. */
const disclosed = " disclosure";

function isDisclosure({ role }: Pick<Recipient, "role">): boolean {
  return role === "disclosure";
}

function recordText({ recipient, flows, captures }: Given, analysis: Analysis): string {
  const { name, host, role, isKnown } = recipient;
  const fields = flows.flatMap(({ field }) => analysis.annotations.fields.get(field) ?? []);
  const purposes = distinct(flows.flatMap(({ sink }) => sink.purpose ?? []));
  const scope = {
    categories: distinct(fields.map(({ category }) => category)),
    fields: distinct(fields.map((field) => field.name)),
    ...(purposes.length === 0 ? {} : { purposes }),
  };
  const who = host === null ? { recipient: name } : { hosts: [host] };
  const places = distinct([
    ...flows.map(({ sink: { location, callee } }) => `${location.file}:${String(location.line)} (${callee})`),
    ...captures.map(
      ({ location, callee, what }) =>
        `${location.file}:${String(location.line)} (${callee}, which takes ${takenWords[what]} by itself)`,
    ),
  ]);
  const open = isKnown
    ? ""
    : `# The address stands in ${name}: name its hosts, or list it under firstParty:.\n`;
  const decided = role === null ? " # or transfer: only people know which" : "";
  return `# yaml-language-server: $schema=node_modules/eslint-plugin-child-privacy/schema/assessment.json
# Draft made from the code; it covers nothing before it is assessed and completed.
# Handed over at:
${places.map((place) => `#   ${place}\n`).join("")}${open}${stringify(who, { collectionStyle: "flow" })
    .trim()
    .replace(/^\{ ?| ?\}$/gu, "")}
role: ${role ?? "processor"}${decided}
${role === "disclosure" ? basisLine : ""}${flows.length === 0 ? openScope : scopeText(scope)}
# To be filled in by those who know:
# assessed: YYYY-MM-DD
# expires: YYYY-MM-DD
# assessor:
${role === null || role === "processor" ? agreementLines : ""}`;
}

const takenWords: Readonly<Record<Capture["what"], string>> = {
  screen: "what the screen shows",
  usage: "what people do",
  errors: "errors with what they hold",
};

const openScope =
  "# What it takes by itself is not told by the code: scope: { categories: […], fields: […] }";

function scopeText(scope: object): string {
  const lines = stringify(scope).trimEnd().split("\n");
  return ["scope:", ...lines.map((line) => `  ${line}`)].join("\n");
}

const basisLine = `basis: "" # the law that allows it, or the agreement with the guardians
`;

const agreementLines = `# agreement:
#   signed: YYYY-MM-DD
#   document:
#   responsibilities:
#   period:
#   nature:
#   purpose:
#   matters:
#   duties: { instructions: true, assistsRequests: true, reportsIncidents: true, deletesAtEnd: true, noRedelegation: true }
`;

function distinct<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}

/** For a folder that has no ESLint config; otherwise these are the lines to add. */
export const eslintSnippet = [
  `import childPrivacy from ${quoted("eslint-plugin-child-privacy")};`,
  `import { defineConfig } from ${quoted("eslint/config")};`,
  `import tseslint from ${quoted("typescript-eslint")};`,
  "",
  "export default defineConfig({",
  '  files: ["**/*.ts", "**/*.tsx"],',
  "  extends: [tseslint.configs.base, childPrivacy.configs.recommended],",
  "  languageOptions: { parserOptions: { projectService: true } },",
  "});",
  "",
].join("\n");

/** So that nobody takes the lines for imports of this file. */
function quoted(name: string): string {
  return JSON.stringify(name);
}
