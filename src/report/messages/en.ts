import { listWords } from "../../base/word-list.js";
import type { CalledFunction, StatementDoubt } from "../../contracts/flow.js";
import { categories, type Category } from "../../contracts/vocabulary.js";
import { checks } from "../../checks/index.js";
import { englishCli } from "./en-cli.js";
import { englishGit, englishImpact, englishModels } from "./en-impact.js";
import { englishDuties, englishMatrix, englishReport } from "./en-report.js";
import type { CheckedRule, FindingTexts, Judged, TextTable } from "./text-table.js";

/** English: the checks' own texts, and the words of everything around them. */
export const english: TextTable = {
  language: "en",
  levels: { error: "error", warn: "warning" },
  rules: {
    ...(Object.fromEntries(checks.map((check) => [check.id, check.description])) as Record<
      CheckedRule,
      string
    >),
    "cannot-tell": "what other rules cannot decide from the code is looked at by a person",
  },
  duties: englishDuties,
  categories: Object.fromEntries(categories.map((word) => [word, word])) as Record<Category, string>,
  matrix: englishMatrix,
  report: englishReport,
  impact: englishImpact,
  git: englishGit,
  models: englishModels,
  cli: englishCli,
  word: (text) => text,
  findings: joinTexts(),
  steps: {
    reads: ({ field }) => `reads ${field}`,
    holds: ({ name, field }) => `${name} holds ${field}`,
    enters: ({ field }) => `enters here and becomes ${field}`,
    passed: ({ parameter, ...to }) => `is passed to ${functionWords(to)} as ${parameter}`,
    returned: (by) => `comes back from ${functionWords(by)}`,
    stored: ({ place }) => `is kept in ${place}`,
    loaded: ({ place }) => `is read from ${place === "[…]" ? "an element" : place}`,
    assigned: ({ name }) => `is assigned to ${name}`,
    captured: ({ name, ...by }) => `is seen by ${functionWords(by)}${name === "" ? "" : ` through ${name}`}`,
    thrown: () => "is thrown",
    caught: () => "is caught",
    through: ({ callee }) => `goes through ${callee.replace(/^…\./u, "")}`,
    "assumed-through": ({ callee }) => `is assumed to come out of ${callee}, which is not described`,
    "assumed-called": ({ callee }) =>
      `is assumed to reach the function given to ${callee}, which is not described`,
    "assumed-written": ({ callee, doubt }) => doubtWords[doubt](callee),
    protected: ({ by, as }) => `${protectionWords[as]} by ${by}`,
    revealed: ({ by }) => `made readable again by ${by}`,
    "enters-at": ({ outset }) => `${outset} begins here`,
    "assumed-entry": ({ outset }) =>
      `is assumed to come in through ${outset}, which nothing in the program calls`,
    "assumed-withdrawn": ({ outset }) =>
      `consent is assumed to have been withdrawn when ${outset} runs, which does not ask`,
    takes: ({ side }) => sideWords[side],
    "goes-into": (to) => `goes on in ${functionWords(to)}`,
    sink: ({ callee }) => `reaches ${callee}`,
  },
  protections: {
    raw: "in plain text",
    encoded: "encoded",
    hashed: "hashed without a key",
    weak: "weakly encrypted",
    encrypted: "encrypted",
    pseudonymised: "pseudonymised",
  },
  blindSpots: {
    "unmodelled-package": (subject) => `passed to ${subject}, which no model describes`,
    "dynamic-call": (subject) => `${subject} calls something that cannot be told from the code`,
    "dynamic-property": (subject) => `${subject} is a property that cannot be told from the code`,
    "unresolved-callee": (subject) => `${subject} cannot be resolved`,
    budget: (subject) => `${subject} was not followed to the end: too many ways through it`,
    "not-analysed": (subject) => `not analysed: ${subject}`,
    "parse-error": (subject) => `not parsed in full: ${subject}`,
    "unresolved-import": (subject) => `"${subject}" leads to no file`,
  },
  problems: {
    "no-such-folder": (subject) => ({
      what: `There is no folder ${subject}.`,
      why: "",
      mend: "Name the folder that holds the project.",
    }),
    "empty-folder": () => ({
      what: "The folder holds no TypeScript or JavaScript file to analyse.",
      why: "",
      mend: "Name the folder that holds the sources, or correct include: and exclude:.",
    }),
    "no-tsconfig": () => ({
      what: "There is no tsconfig.json.",
      why: "All source files are analysed, with default options.",
      mend: "Name one with -p where it has another name.",
    }),
    "broken-tsconfig": (subject) => ({
      what: `This tsconfig cannot be used: ${subject}.`,
      why: "Files are analysed with default options.",
      mend: "Correct it.",
    }),
    "syntax-error": (subject) => ({
      what: `This file does not parse: ${subject}.`,
      why: "What stands around the place is analysed.",
      mend: "Correct the syntax.",
    }),
    "unresolved-import": (subject) => ({
      what: `"${subject}" leads to no file.`,
      why: "What it would bring is not known.",
      mend: "Correct the path, or the tsconfig's paths.",
    }),
    "missing-node-modules": () => ({
      what: "Dependencies are not installed.",
      why: "Packages are known by their name all the same.",
      mend: "Nothing needs to be done.",
    }),
    "file-too-large": (subject) => ({
      what: `This file is too large to analyse (${subject}).`,
      why: "It is taken for generated.",
      mend: "Exclude it with exclude:, or split it.",
    }),
    "file-too-deep": (subject) => ({
      what: `This file is nested too deeply to analyse (${subject}).`,
      why: "The compiler cannot take it in.",
      mend: "Exclude it with exclude:, or take it apart.",
    }),
    "unreadable-file": (subject) => ({
      what: `This file cannot be read: ${subject}.`,
      why: "It is left out.",
      mend: "Correct its permissions.",
    }),
    "migration-error": (subject) => ({
      what: `This migration cannot be read: ${subject}.`,
      why: "What it makes or changes in tables is not known.",
      mend: "Correct it.",
    }),
    "schema-error": (subject) => ({
      what: `This schema cannot be read: ${subject}.`,
      why: "Models after this place may be missing.",
      mend: "Correct it.",
    }),
  },
  possible: (assumptions) => `It cannot be told for certain: the data ${listWords(assumptions, "and")}.`,
  also: (what) => `Also: ${what}`,
  more: (count) => `There are ${String(count)} more of this kind: --format json lists them.`,
  noTypes:
    "The rules of child-privacy need type information, and this file is linted without. Set languageOptions.parserOptions.projectService to true for it (https://typescript-eslint.io/getting-started/typed-linting).",
  internalError: (message) =>
    `child-privacy could not analyse the project, and reports nothing for it: ${message}. Please report this.`,
  notExamined: [
    "data that no annotation, schema comment or fields: entry marks (Art. 28: a limit of the tool, never an exemption)",
    "languages other than TypeScript and JavaScript",
    "infrastructure beyond what its code in this folder says, databases, and what runs outside this folder",
    "installed packages, build output, and files that git ignores; what packages do is known from models",
    "whether what is collected is necessary, and what people do outside of the code",
    "whether what config and register declare is true",
  ],
  leftOut: {
    files: {
      exclude: (count, patterns) =>
        `${filesWords(count)} that exclude: names (${patterns}); data is followed through them, and nothing in them is reported`,
      tests: (count, patterns) =>
        `${filesWords(count)} of tests (${patterns === "" ? "by their names and folders" : patterns}), which --include-tests adds`,
      generated: (count) =>
        `${filesWords(count)} that a tool wrote, as their first lines say; data is followed through them, and nothing in them is reported`,
      choice: (count) =>
        `${filesWords(count)} that neither include: nor a tsconfig names; data is followed through them, and nothing in them is reported`,
    },
    unasked: (asked) => `whatever other rules look for than those that --rule names (${asked})`,
    switchedOff: (rule, place, files, of) =>
      `what ${rule} looks for${files === of ? "" : `, in ${String(files)} of ${filesWords(of)}`}: it is switched off (${place})`,
  },
  articles: {
    principles: (violated) =>
      `${violated.length === 0 ? "See what other articles say of consent, purpose, security and lawful use, which this one asks for" : `${violated.length === 1 ? "Article" : "Articles"} ${listWords(violated.map(String), "and")} ${violated.length === 1 ? "spells" : "spell"} out what this one asks for, and ${violated.length === 1 ? "is" : "are"} violated`}; whether what is collected is necessary, code cannot show.`,
    unmarked:
      "Data that nothing marks as a child's is not examined: a limit of the tool, never an exemption.",
    unasked: (rule) => `${rule} was left out by --rule, so nothing was judged by it.`,
    switchedOff: (rule, files, of) =>
      files === of
        ? `${rule} is switched off, so nothing was judged by it.`
        : `${rule} is switched off for ${String(files)} of ${filesWords(of)}, so nothing was judged by it there.`,
    unshown: (rule) =>
      `There is something that ${rule} cannot tell for certain, and cannot-tell, which would show it, is switched off.`,
    undecidable: "Code cannot show whether this article is kept.",
    notChecked: "This version has no check for this article.",
    noChildData: "Nothing in the folder is marked as children's personal information.",
    nothingDeclared: "The config declares nothing for this article.",
    checked: (rule, count, what) => `${rule} looked at ${String(count)} ${judgedWords(what, count)}.`,
    nothingThere:
      "Nothing in the code is of the kind that the article speaks of, as far as marked data was followed.",
    declared: (what) => `Declared, not verified: ${what}.`,
    lackingPapers: (keys) => `Looked for, and not named: ${keys.join(", ")}.`,
    blindSpots: (count) =>
      `Child data goes ${String(count)} ${count === 1 ? "way" : "ways"} that could not be followed.`,
    violated: (rule) => rule,
    silenced: (rule, reason) =>
      `A comment silences a finding of ${rule}${reason === null ? ", without a reason" : `: ${reason}`}.`,
    protected: (field, by) => `${field} arrives protected by ${by}.`,
    reached: (callee, entry) => `${callee} is reached from ${entry}.`,
    unreadMigrations: (count) =>
      `${String(count)} ${count === 1 ? "statement" : "statements"} of migrations could not be read, so what goes with a deleted row is not known in full.`,
    noShutdown: "No function is marked as what ends the service (@deletionPath shutdown).",
    noPurposes: (fields) =>
      `${String(fields)} ${fields === 1 ? "field that goes" : "fields that go"} where there is a purpose ${fields === 1 ? "has" : "have"} no @purpose to hold it against.`,
  },
  headings: {
    steps: "how",
    stepJoint: "; ",
    id: "id",
    moreBlindSpots: (count) => `… ${String(count)} more: --format json`,
    why: "why",
    mend: "mend",
    sources: "also read at",
    moreSteps: (count, id) => `… ${String(count)} more steps: child-privacy explain ${id}`,
    certainty: "unsure",
    log: (client) => `Logs (${client})`,
    sealers: "Functions that are marked to encrypt",
    captures: "What takes data by itself",
    guards: "Consent checks and ages",
    erasing: "From where it is erased",
    notice: "The notice to guardians",
    annotations: "Annotations",
    setup: "Setup",
    blindSpots: (count) => `Could not be followed (${String(count)})`,
    places: (count) => `${String(count)} ${count === 1 ? "place" : "places"}`,
    nothing: (files, fields) =>
      `No violation found in ${String(files)} ${files === 1 ? "file" : "files"}, with ${String(fields)} ${fields === 1 ? "field" : "fields"} marked as child data.`,
    noFields:
      "Nothing is marked as child data, so nothing was followed. Mark properties with /** @childData category */, or name them under fields: in child-privacy.yaml.",
    summary: ({ errors, warnings, places, files }) =>
      `${String(errors)} ${errors === 1 ? "error" : "errors"}, ${String(warnings)} ${warnings === 1 ? "warning" : "warnings"} at ${String(places)} ${places === 1 ? "place" : "places"} (${String(files)} ${files === 1 ? "file" : "files"} looked at)`,
    suppressed: (count) => `${String(count)} suppressed by comments`,
    known: (count) => `${String(count)} known already, and left out`,
    opinion: "Evidence from code, no audit opinion.",
    notExamined: "Not examined",
  },
};

/** Why nobody can tell what a statement writes. */
const doubtWords: { readonly [K in StatementDoubt]: (callee: string) => string } = {
  unknown: (callee) => `may be written by ${callee}, whose statement is only put together while it runs`,
  unread: (callee) => `may be written by ${callee}, whose statement cannot be read as SQL`,
  procedure: (callee) => `may be written by the procedure that ${callee} calls`,
};

/** Which side of a test the way takes that skips the guard. */
const sideWords = {
  then: "this holds on the way that skips the check",
  else: "this does not hold on the way that skips the check",
  body: "goes through the loop",
  exit: "the loop may not run, or is over",
  handler: "an exception is caught here, and the code goes on",
} as const;

const protectionWords = {
  raw: "left as it is",
  encoded: "encoded",
  hashed: "hashed",
  weak: "weakly encrypted",
  encrypted: "encrypted",
  pseudonymised: "masked or tokenised",
} as const;

function joinTexts(): FindingTexts {
  const entries = checks.flatMap((check) =>
    Object.entries(check.texts).map(([name, text]) => [`${check.id}.${name}`, text] as const),
  );
  return Object.fromEntries(entries) as unknown as FindingTexts;
}

function functionWords({ callee, line, file, isLoop }: CalledFunction): string {
  if (line === undefined) return callee;
  return `the ${isLoop === true ? "loop" : "function"} on line ${String(line)}${file === undefined ? "" : ` of ${file}`}`;
}

const judgedPlurals: Readonly<Record<Judged, readonly [one: string, many: string]>> = {
  flow: ["flow", "flows"],
  "staff-read": ["read by staff", "reads by staff"],
  "age-test": ["test of an age", "tests of an age"],
};

function filesWords(count: number): string {
  return `${String(count)} ${count === 1 ? "file" : "files"}`;
}

function judgedWords(what: Judged, count: number): string {
  return judgedPlurals[what][count === 1 ? 0 : 1];
}
