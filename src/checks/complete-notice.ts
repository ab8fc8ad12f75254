/** Article 10: guardians are told what is done with a child's personal information, in full, and it is what is done. */
import { articleOf } from "../contracts/obligation.js";
import { listNames, listWords } from "../base/word-list.js";
import type { GuardFinding } from "../contracts/finding.js";
import type { FindingText, Message } from "../contracts/message.js";
import type { Notice } from "../contracts/notice.js";
import { defineCheck, type Say } from "./define-check.js";
import { effectiveNotices, noticesOf, guardsBefore, substantiveNotice } from "./effective-notice.js";
import type { Facts } from "./facts.js";
import { undoneIn, untoldIn, type DriftKind } from "./notice-drift.js";
import { practiceOf, type Practice } from "./practice.js";

export interface UntoldParameters {
  readonly kind: DriftKind;
  readonly word: string;
  readonly fields: readonly string[];
  readonly version: string;
  readonly place: string;
  readonly certainty: "proven" | "possible";
}

const why =
  "Article 10: guardians are told of the purpose, method and scope, of where and how long data is kept and what becomes of it, of safeguards, of the consequences of refusing, and of the ways to complain, correct and delete.";
const outside =
  "Articles 10 and 11: guardians are told what is collected, and nothing is collected against what was agreed.";

function untoldWords({ kind, word, fields }: UntoldParameters): string {
  const names = fields.length === 0 ? "What it takes by itself" : listNames(fields);
  const is = fields.length > 1 ? "are" : "is";
  switch (kind) {
    case "category":
      return `${names} ${is} collected, and the notice does not list the category ${word}`;
    case "store":
      return `${names} ${is} kept in ${word}, and the notice does not list this store`;
    case "recipient":
      return `${names} ${fields.length > 1 ? "go" : "goes"} to ${word}, and the notice does not name this recipient`;
    case "purpose":
      return `${names} ${is} there for the purpose ${word}, and the notice does not list it`;
  }
}

const lists: Readonly<Record<DriftKind, string>> = {
  category: "categories",
  store: "stores",
  recipient: "recipients",
  purpose: "purposes",
};

/** `an object-store`, `a cache` */
function withArticle(word: string): string {
  return `${/^[aeiou]/iu.test(word) ? "an" : "a"} ${word}`;
}

const undoneWords: Readonly<Record<DriftKind, (word: string) => string>> = {
  category: (word) =>
    `The notice says that data of the category ${word} is collected, and no field of the code is of it`,
  store: (word) =>
    `The notice says that data is kept in ${withArticle(word)}, and the code keeps none in any`,
  recipient: (word) => `The notice says that data goes to ${word}, and the code hands nothing there`,
  purpose: (word) => `The notice names the purpose ${word}, and no field of the code is there for it`,
};

const texts = {
  untold: (p: UntoldParameters): FindingText => ({
    what: `${untoldWords(p)} (version ${p.version}; ${p.place}).${p.certainty === "possible" ? " It cannot be told for certain." : ""}`,
    why: p.kind === "category" ? outside : why,
    mend: `Add it under ${lists[p.kind]}: in a new version of the notice with substantive: true, and ask for consent again; or stop doing it.`,
  }),
  undone: (p: { readonly kind: DriftKind; readonly word: string }): FindingText => ({
    what: `${undoneWords[p.kind](p.word)}.`,
    why,
    mend: `Take it out of ${lists[p.kind]}: in a new version of the notice, or mark the data that it speaks of.`,
  }),
  "missing-item": (p: { readonly item: string; readonly found: readonly string[] }): FindingText => ({
    what: `The notice says nothing of ${itemWords[p.item] ?? p.item}${p.found.length === 0 ? "" : ` (in the code: ${listWords(p.found, "and")})`}.`,
    why,
    mend: `Add \`${p.item}:\` to a new version of the notice.`,
  }),
  "incomplete-store": (p: { readonly medium: string; readonly lacks: readonly string[] }): FindingText => ({
    what: `The notice does not say ${listWords(
      p.lacks.map((key) => (key === "where" ? "where the data lies" : "how long it is kept")),
      "and",
    )} (${p.medium}).`,
    why,
    mend: `Add ${listWords(
      p.lacks.map((key) => `\`${key}:\``),
      "and",
    )} to this entry.`,
  }),
  "refusal-leads-nowhere": (p: { readonly refusal: string }): FindingText => ({
    what: `The notice says that ${p.refusal} honours a refusal, and the code has nothing of that name.`,
    why: "Article 10: a guardian is given a way to refuse, and it works.",
    mend: "Name the function that honours it as file#symbol, or write it.",
  }),
  "not-asked-again": (p: { readonly guards: readonly string[]; readonly place: string }): FindingText => ({
    what: `This version changes what consent was given to, and ${listWords(p.guards, "and")} (${p.place}) ${p.guards.length === 1 ? "does" : "do"} not ask to which version a guardian consented.`,
    why: "Article 10: when what the notice lists changes in substance, consent is obtained anew.",
    mend: "Keep the notice's version with each consent, and let the check compare it.",
  }),
  "not-in-effect": (p: { readonly effective: string }): FindingText => ({
    what: `No version of the notice is in effect: the first one takes effect on ${p.effective}, and the code holds children's personal information already.`,
    why,
    mend: "Let it take effect before data is collected, or keep the version that holds now under notices:, too.",
  }),
  "no-notice": (p: { readonly pattern: string }): FindingText => ({
    what: `notices: names ${p.pattern}, where no notice can be read, and the code holds children's personal information.`,
    why,
    mend: "Write the notice to guardians there, one file a version (schema/notice.json).",
  }),
};

const itemWords: Readonly<Record<string, string>> = {
  purposes: "what the data is for",
  categories: "what is collected",
  stores: "where the data is kept, and how long",
  safeguards: "how the data is kept safe",
  afterExpiry: "what becomes of the data when its time is over",
  consequencesOfRefusal: "what it means to refuse",
  refusal: "how to refuse",
  complaints: "where to complain",
  reports: "where to report a breach",
  correction: "how data is corrected",
  deletion: "how data is deleted",
};

type Item = Exclude<keyof Notice, "placeOf">;
const items = Object.keys(itemWords) as Item[];

function isMissing(value: Notice[Item]): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** What the code would put into a list that is missing. */
function foundFor(item: Item, practice: Practice): string[] {
  if (item === "categories") return [...practice.categories.keys()].sort();
  if (item === "purposes") return [...practice.purposes.keys()].sort();
  if (item === "stores") return [...new Set(practice.stores.map(({ store }) => store.medium))].sort();
  return [];
}

type SayNotice = Say<typeof texts>;

function finding(
  message: Message,
  location: GuardFinding["location"],
  subject: string,
  rest: Partial<GuardFinding> = {},
): GuardFinding {
  return {
    rule: "complete-notice",
    verdict: "proven",
    articles: [articleOf.notice],
    message,
    location,
    subject,
    ...rest,
  };
}

/** `src/refuse.ts#refuse`, seen from the analysed folder or from that of the config. */
function refusalFinding(notice: Notice, facts: Facts, say: SayNotice): GuardFinding[] {
  const { refusal, folders } = notice;
  if (refusal === undefined || facts.symbolExists(refusal)) return [];
  if (
    folders.some(
      (folder) => folder !== "" && facts.symbolExists(`${folder}/${refusal.replace(/^\.\//u, "")}`),
    )
  )
    return [];
  return [
    finding(say("refusal-leads-nowhere", { refusal }), notice.placeOf(["refusal"]), `refusal ${refusal}`),
  ];
}

/** Checks of consent that do not look at the version, though a later notice asks for consent anew. */
function againFinding(notices: readonly Notice[], facts: Facts, say: SayNotice): GuardFinding[] {
  const changed = substantiveNotice(notices, facts.today);
  const outdated = changed === null ? [] : guardsBefore(facts.unversionedGuards, changed, notices);
  const [first] = outdated;
  if (changed === null || first === undefined) return [];
  const { location } = first;
  const place = `${location.file}:${String(location.line)}`;
  const guards = outdated.map(({ name }) => name);
  return [
    finding(say("not-asked-again", { guards, place }), changed.placeOf(["substantive"]), "not asked again", {
      trace: [{ location, note: { kind: "sink", callee: first.name } }],
    }),
  ];
}

/** What is said of the code that a config rules. */
function within(folder: string, facts: Facts): Facts {
  const isOf = ({ file }: GuardFinding["location"]): boolean => facts.configOf(file).folder === folder;
  const own = facts.flows.filter(({ sink }) => isOf(sink.location));
  const fields = new Set(own.map(({ field }) => field));
  return {
    ...facts,
    flows: own,
    captures: facts.captures.filter(({ location }) => isOf(location)),
    unversionedGuards: facts.unversionedGuards.filter(({ location }) => isOf(location)),
    annotations: {
      ...facts.annotations,
      fields: new Map(
        [...facts.annotations.fields].filter(([id, { declaration }]) => fields.has(id) || isOf(declaration)),
      ),
    },
    symbolExists: (key) => facts.symbolExists(key),
  };
}

function judge(notice: Notice, facts: Facts, say: SayNotice): GuardFinding[] {
  const practice = practiceOf(facts);
  const missing = items.filter((item) => isMissing(notice[item]));
  const told = { ...notice, ...Object.fromEntries(missing.map((item) => [item, undefined])) };
  return [
    ...missing.map((item) =>
      finding(say("missing-item", { item, found: foundFor(item, practice) }), notice.location, item),
    ),
    ...untoldIn(told, practice, {
      companies: facts.companies,
      assessments: facts.register.assessments,
    }).map(({ kind, word, subject, evidence }) => {
      const { location, trace, fields, isPossible } = evidence;
      const place = `${location.file}:${String(location.line)}`;
      const version = String(notice.version);
      const certainty = isPossible ? "possible" : "proven";
      return finding(
        say("untold", { kind, word, fields, version, place, certainty }),
        notice.location,
        `${kind} ${subject}`,
        {
          trace,
          articles: kind === "category" ? [articleOf.notice, articleOf.necessity] : [articleOf.notice],
          verdict: certainty,
        },
      );
    }),
    ...refusalFinding(notice, facts, say),
    ...undoneIn(told, practice, facts).map(({ kind, word, path }) =>
      finding(say("undone", { kind, word }), notice.placeOf(path), `no ${kind} ${word}`),
    ),
    ...(told.stores ?? []).flatMap(({ medium, where, period }, index) => {
      const lacks = [
        ...(where === undefined || where.trim() === "" ? ["where"] : []),
        ...(period === undefined || period.trim() === "" ? ["period"] : []),
      ];
      return lacks.length === 0
        ? []
        : [
            finding(
              say("incomplete-store", { medium, lacks }),
              notice.placeOf(["stores", index]),
              `store ${String(index)}`,
            ),
          ];
    }),
  ];
}

export const completeNotice = defineCheck({
  id: "complete-notice",
  description: "the notice to guardians says all that it must, and what the code really does",
  texts,
  find(facts, say) {
    return facts.configs.flatMap((config): GuardFinding[] => {
      const own = within(config.folder, facts);
      if (own.flows.length === 0) return [];
      const notices = noticesOf(facts.register.notices, config.folder);
      const holding = effectiveNotices(notices, facts.today).at(-1);
      if (holding !== undefined) return [...judge(holding, own, say), ...againFinding(notices, own, say)];
      const [next] = [...notices].sort((a, b) => (a.effective < b.effective ? -1 : 1));
      if (next !== undefined)
        return [
          finding(
            say("not-in-effect", { effective: next.effective }),
            next.placeOf(["effective"]),
            "not in effect",
          ),
        ];
      return config.notices
        .slice(0, 1)
        .map(({ pattern, location }) => finding(say("no-notice", { pattern }), location, "no notice"));
    });
  },
});
