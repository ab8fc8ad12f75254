/** What is wrong around the code: config, register, models, missing papers, suppressions. */
import { listWords } from "../base/word-list.js";
import type { Location } from "../base/location.js";
import type { AnnotationProblem } from "../contracts/annotation.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import type { SetupFinding } from "../contracts/finding.js";
import type { UnreadSchema } from "../contracts/deletion.js";
import type { FindingText, Message } from "../contracts/message.js";
import { documentArticles, papers, type Paper } from "../contracts/obligation.js";
import type { ProjectProblem } from "../contracts/project.js";
import type { Suppression } from "../contracts/suppression.js";
import { defineCheck, type Say } from "./define-check.js";
import { noticesOf, repeatedNotices } from "./effective-notice.js";
import type { Facts } from "./facts.js";
import { registerProblems, type RegisterProblem } from "./register-order.js";
import { namesOwnRule } from "./suppression.js";

export interface DocumentParameters {
  readonly document: DocumentProblem["document"];
  readonly path: string;
  readonly found: string;
  readonly nearest: string | null;
  readonly expected: readonly string[];
}

const documentWords: Readonly<Record<DocumentProblem["document"], string>> = {
  config: "the config",
  assessment: "this assessment record",
  notice: "this notice",
  model: "this model",
};

const ignored = "What cannot be read is left out, and the code is judged without it.";

function expectedOf(p: DocumentParameters): string {
  if (p.nearest !== null) return `Did you mean "${p.nearest}"?`;
  return p.expected.length > 0 ? `Write ${listWords(p.expected, "or")}.` : "Correct it.";
}

const texts = {
  "not-yaml": (p: DocumentParameters): FindingText => ({
    what: `This file is not YAML: ${p.found}.`,
    why: ignored,
    mend: "Correct the line; text with a colon or a leading special character goes in quotes.",
  }),
  "several-documents": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" begins a second document in this file.`,
    why: "Only the first one is read.",
    mend: "Write a file for each, or take the line out.",
  }),
  "unknown-anchor": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" refers to what is marked "&${p.found.slice(1)}", and nothing before it is.`,
    why: ignored,
    mend: `Text that begins with * goes in quotes: "${p.found}".`,
  }),
  "endless-alias": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" stands inside of what it refers to, which would never end.`,
    why: ignored,
    mend: "Write out what is meant.",
  }),
  "too-many-aliases": (p: DocumentParameters): FindingText => ({
    what: `From "${p.found}" on, the references of this file stand for more values than can be read.`,
    why: ignored,
    mend: "Write out what is meant, without references to what holds references itself.",
  }),
  "wrong-merge": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}:" takes over the keys of a mapping, and no mapping stands there.`,
    why: ignored,
    mend: `Write \`${p.found}: *name\`, where &name marks a mapping.`,
  }),
  "not-a-mapping": (p: DocumentParameters): FindingText => ({
    what: `${p.found === "a list" ? "A list" : `"${p.found}"`} stands where ${documentWords[p.document]} has keys with values.`,
    why: ignored,
    mend:
      p.document === "assessment"
        ? "Write one file a recipient, with `recipient: …` and the other keys at its top."
        : "Write keys with values: `key: value`.",
  }),
  "unknown-key": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" is no key of ${documentWords[p.document]}${p.path.includes(".") ? ` (at ${p.path})` : ""}.`,
    why: ignored,
    mend: p.nearest === null ? `Keys are ${listWords(p.expected, "and")}.` : `Did you mean "${p.nearest}"?`,
  }),
  "missing-key": (p: DocumentParameters): FindingText => ({
    what: `${p.path === "" ? p.found : p.path} is missing in ${documentWords[p.document]}.`,
    why: ignored,
    mend: `Add \`${p.found}:\` with ${listWords(p.expected, "or")}.`,
  }),
  "duplicate-key": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" stands twice in the same mapping.`,
    why: "Only one of the two can hold.",
    mend: "Remove one of them.",
  }),
  "wrong-value": (p: DocumentParameters): FindingText => ({
    what: `"${p.found}" is not what ${p.path === "" ? documentWords[p.document] : p.path} takes.`,
    why: ignored,
    mend: expectedOf(p),
  }),
  unreadable: (p: DocumentParameters): FindingText => ({
    what:
      p.path === ""
        ? `This file cannot be read: ${p.found}.`
        : `"${p.found}" at ${p.path} names a file that cannot be read.`,
    why: ignored,
    mend: "Correct the path, or the file's permissions.",
  }),
  "record-unused": (p: { readonly who: string; readonly nearest: string | null }): FindingText => ({
    what: `This record speaks of ${p.who}, to whom the code sends no child data.`,
    why: "A register that lists who gets nothing hides who is missing in it.",
    mend:
      p.nearest === null
        ? "Take the record away, or name the recipient as the report names it."
        : `Did you mean "${p.nearest}"?`,
  }),
  "record-twice": (p: { readonly who: string; readonly other: string }): FindingText => ({
    what: `${p.other} is a record of ${p.who} too, in the same role and of the same day, and one of the two covers what the other does.`,
    why: "Nobody can tell which of the two holds.",
    mend: "Keep one of them.",
  }),
  "record-incomplete": (p: { readonly who: string; readonly lacks: readonly string[] }): FindingText => ({
    what: `The agreement with ${p.who} says nothing of ${listWords(p.lacks, "and")}.`,
    why: "Article 16: it names what is processed and lays these duties on the processor.",
    mend: "Add to the record what the agreement says of them.",
  }),
  "notice-twice": (p: {
    readonly version: string;
    readonly effective: string;
    readonly other: string;
    readonly by: "version" | "day";
  }): FindingText => ({
    what:
      p.by === "version"
        ? `${p.other} is version ${p.version} of the notice, too.`
        : `${p.other} takes effect on ${p.effective}, too.`,
    why: "Article 10: nobody can tell which of the two guardians were told.",
    mend: "Give each version a number and a day of its own.",
  }),
  "unresolved-field": (p: { readonly word: string; readonly nearest: string | null }): FindingText => ({
    what: `"${p.word}" at fields: leads to no property of the project.`,
    why: "The field it should mark would not be examined.",
    mend:
      p.nearest === null
        ? "Write the file's glob or the package, #, and Type.property: src/user.ts#User.birthDate."
        : `Did you mean "${p.nearest}"?`,
  }),
  "unresolved-function": (p: { readonly word: string }): FindingText => ({
    what: `"${p.word}" at consent.functions: leads to no function of the project.`,
    why: "Places that it guards are reported as if nobody asked the guardian.",
    mend: "Write the file or the package, #, and the function: src/consent.ts#requireGuardian, @acme/consent#Client.isGranted.",
  }),
  "missing-papers": (p: { readonly keys: readonly string[] }): FindingText => ({
    what: `The config says nothing of ${listWords(p.keys, "and")}, though the code holds children's personal information.`,
    why: "Articles 8 and 21: special rules and a user agreement for children's information, a responsible person, and an incident plan.",
    mend: `Add ${listWords(
      p.keys.map((key) => paperExamples[key as Paper]),
      "and",
    )}.`,
  }),
  "broken-tsconfig": (p: { readonly subject: string }): FindingText => ({
    what: `This tsconfig cannot be used: ${p.subject}.`,
    why: "Files are analysed with default options instead, and aliases of it are not known.",
    mend: "Correct it.",
  }),
  "schema-error": (p: { readonly subject: string }): FindingText => ({
    what: `This schema cannot be read here: ${p.subject}.`,
    why: "Models after this place may be missing from the analysis.",
    mend: "Correct it.",
  }),
  "migration-error": (p: { readonly subject: string }): FindingText => ({
    what: `This migration cannot be read here: ${p.subject}.`,
    why: "What it makes or changes in tables is not known, and so not what goes with a row that is deleted.",
    mend: "Correct it; if the database takes it as it stands, check by hand what is deleted with the rows of its tables.",
  }),
  "schema-unread": (p: { readonly subject: string }): FindingText => ({
    what: `This statement that makes or changes tables cannot be read: ${p.subject}.`,
    why: "What it does to tables is not known, and so not what goes with a row that is deleted.",
    mend: "Correct it; if the database takes it as it stands, check by hand what is deleted with the rows of its tables.",
  }),
  "suppression-expired": (p: { readonly until: string }): FindingText => ({
    what: `This suppression held until ${p.until}.`,
    why: "What it silenced counts again.",
    mend: "Mend the code, or say anew, with a reason and a date, why it is accepted.",
  }),
  "suppression-date": (p: { readonly found: string }): FindingText => ({
    what: `"${p.found}" is no day, so nobody can tell how long this suppression holds.`,
    why: "The audit does not count a suppression whose date it cannot read.",
    mend: "Write (until 2027-03-01).",
  }),
  "suppression-unreasoned": (_: Readonly<Record<string, never>>): FindingText => ({
    what: "This suppression gives no reason.",
    why: "Whoever reviews it must know why the finding is accepted.",
    mend: "Write `-- reason` behind the rule's name.",
  }),
};

const paperExamples: Readonly<Record<Paper, string>> = {
  officer: 'officer: { name: "…", contact: "…" }',
  specialRules: 'specialRules: "https://…"',
  userAgreement: 'userAgreement: "https://…"',
  emergencyPlan: 'emergencyPlan: "docs/incident-plan.md"',
};

function setup(
  message: Message,
  location: Location,
  subject: string,
  articles: readonly number[] = [],
): SetupFinding {
  return { rule: "valid-setup", verdict: "proven", message, location, subject, articles };
}

type SaySetup = Say<typeof texts>;

function documentFinding(problem: DocumentProblem, say: SaySetup): SetupFinding {
  const { document, kind, path, found, nearest, expected } = problem;
  const message = say(kind, { document, path, found, nearest, expected });
  return setup(message, problem.location, `${kind} ${path} ${found}`, documentArticles[document]);
}

function projectFinding(problem: ProjectProblem, say: SaySetup): SetupFinding[] {
  const { kind } = problem;
  if (kind !== "broken-tsconfig" && kind !== "schema-error" && kind !== "migration-error") return [];
  return [setup(say(kind, { subject: problem.subject.replace(/\.$/u, "") }), problem.location, problem.kind)];
}

function schemaFinding({ location, problem }: UnreadSchema, say: SaySetup): SetupFinding {
  return setup(say("schema-unread", { subject: problem }), location, "schema-unread");
}

/** Entries of `fields:` and `consent.functions:` that lead nowhere. */
function fieldFinding(
  problem: AnnotationProblem,
  configs: ReadonlySet<string | null>,
  say: SaySetup,
): SetupFinding[] {
  if (!configs.has(problem.location.file)) return [];
  const { kind, word, location } = problem;
  if (kind === "unresolved-function") return [setup(say(kind, { word }), location, `${kind} ${word}`)];
  return [
    setup(
      say("unresolved-field", { word: problem.word, nearest: problem.nearest }),
      problem.location,
      `unresolved-field ${problem.word}`,
    ),
  ];
}

/**
 * Papers are asked for where somebody has set the tool up and the code holds child data: a folder without a
 * config has not been set up, and one without child data needs none.
 */
function paperFinding(config: ResolvedConfig, facts: Facts, say: SaySetup): SetupFinding[] {
  if (config.file === null) return [];
  const holdsChildData = [...facts.annotations.fields.values()].some(
    (field) => facts.configOf(field.declaration.file) === config,
  );
  const unread = facts.documentProblems.filter(
    ({ document, location }) => document === "config" && location.file === config.file,
  );
  const missing = (Object.keys(papers) as Paper[]).filter(
    (paper) => config[paper] === null && !unread.some((problem) => mayHide(paper, problem)),
  );
  if (!holdsChildData || missing.length === 0) return [];
  const articles = [...new Set(missing.map((paper) => papers[paper]))];
  return [
    setup(
      say("missing-papers", { keys: missing }),
      { file: config.file, line: 1, column: 1 },
      "missing-papers",
      articles,
    ),
  ];
}

/** Whether the paper may be named where nothing can be read: there that is what to mend. A blank one is missing. */
function mayHide(paper: Paper, { kind, path, nearest }: DocumentProblem): boolean {
  // What a part of it lacks is told there.
  if (path.startsWith(`${paper}.`)) return true;
  switch (kind) {
    case "not-yaml":
    case "not-a-mapping":
      return true;
    case "unreadable":
      return path === "";
    case "unknown-key":
      return nearest === paper;
    case "unknown-anchor":
      return path === paper;
    default:
      return false;
  }
}

function registerFinding(problem: RegisterProblem, say: SaySetup): SetupFinding {
  const { kind, who, at } = problem;
  const subject = `record-${kind} ${who}`;
  switch (kind) {
    case "unused":
      return setup(say("record-unused", { who, nearest: problem.nearest }), at, subject, [16]);
    case "twice":
      return setup(say("record-twice", { who, other: problem.other }), at, subject, [16]);
    case "incomplete":
      return {
        ...setup(say("record-incomplete", { who, lacks: problem.lacks }), at, subject, [16]),
        isStrict: true,
      };
  }
}

/** A comment that names several rules may make several suppressions. */
function onePerComment(suppressions: readonly Suppression[]): Suppression[] {
  return [
    ...new Map(
      suppressions.map((each) => [
        `${each.comment.file}:${String(each.comment.line)}:${String(each.comment.column)}`,
        each,
      ]),
    ).values(),
  ];
}

function suppressionFindings(suppression: Suppression, facts: Facts, say: SaySetup): SetupFinding[] {
  const { rules, reason, until, malformedUntil, comment } = suppression;
  // A comment that names no rule, or only rules of others, is not ours to judge.
  if (rules === null || !rules.some(namesOwnRule)) return [];
  const subject = rules.join(" ");
  if (malformedUntil !== null)
    return [
      setup(say("suppression-date", { found: malformedUntil }), comment, `suppression-date ${subject}`),
    ];
  if (until !== null && until < facts.today)
    return [setup(say("suppression-expired", { until }), comment, `suppression-expired ${subject}`)];
  if (reason === null)
    return [
      {
        ...setup(say("suppression-unreasoned", {}), comment, `suppression-unreasoned ${subject}`),
        isStrict: true,
      },
    ];
  return [];
}

export const validSetup = defineCheck({
  id: "valid-setup",
  description: "config, register, papers and suppressions are in order",
  texts,
  find(facts, say) {
    const configs = new Set(facts.configs.map((config) => config.file));
    return [
      ...facts.documentProblems.map((problem) => documentFinding(problem, say)),
      ...facts.projectProblems.flatMap((problem) => projectFinding(problem, say)),
      ...facts.deletions.unreadSchemas.map((schema) => schemaFinding(schema, say)),
      ...facts.annotations.problems.flatMap((problem) => fieldFinding(problem, configs, say)),
      ...facts.configs.flatMap((config) => paperFinding(config, facts, say)),
      ...facts.configs
        .flatMap(({ folder }) => repeatedNotices(noticesOf(facts.register.notices, folder)))
        .map(({ notice, other, by }) =>
          setup(
            say("notice-twice", {
              version: String(notice.version),
              effective: notice.effective,
              other: other.file,
              by,
            }),
            notice.placeOf([by === "version" ? "version" : "effective"]),
            `notice-twice ${String(notice.version)}`,
            [10],
          ),
        ),
      ...registerProblems(facts).map((problem) => registerFinding(problem, say)),
      ...onePerComment(facts.suppressions).flatMap((suppression) =>
        suppressionFindings(suppression, facts, say),
      ),
    ];
  },
});
