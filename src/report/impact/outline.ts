/** The impact as headings with lines, which every format for people writes in its own way. */
import type { ImpactDocument } from "../../contracts/impact.js";
import { joinSentences, type FindingGroup } from "../word-finding.js";
import type { TextTable } from "../messages/text-table.js";

export interface Line {
  readonly sign: "added" | "removed" | "changed" | "note" | "bad" | "good";
  /** A name of the code; empty where the text says it all. */
  readonly name: string;
  readonly text: string;
}

export interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

interface Changes<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly { readonly was: T; readonly is: T }[];
}

/** Findings as people are told of them: once a place. */
export interface ToldFindings {
  readonly added: readonly FindingGroup[];
  readonly removed: readonly FindingGroup[];
}

/** Parts without a line are left out. What needs somebody to act comes first. */
export function outlineOf(impact: ImpactDocument, told: ToldFindings, texts: TextTable): Part[] {
  const { parts } = texts.impact;
  const { collections, purposes } = impact;
  return [
    { title: parts.uncovered, lines: uncoveredLines(impact, texts) },
    { title: parts.notices, lines: noticeLines(impact, texts) },
    { title: parts.consent, lines: consentLines(impact, texts) },
    { title: parts.fields, lines: fieldLines(impact, texts) },
    { title: parts.collections, lines: wordLines(collections) },
    { title: parts.stores, lines: storeLines(impact, texts) },
    { title: parts.recipients, lines: recipientLines(impact, texts) },
    { title: parts.purposes, lines: wordLines(purposes) },
    { title: parts.entries, lines: entryLines(impact, texts) },
    { title: parts.articles, lines: articleLines(impact, texts) },
    { title: parts.newFindings, lines: findingLines(told.added, "bad") },
    { title: parts.goneFindings, lines: findingLines(told.removed, "good") },
  ].filter(({ lines }) => lines.length > 0);
}

/** Whether nothing of what is compared differs. */
export function isUnchanged(impact: ImpactDocument): boolean {
  const { fields, collections, stores, recipients, purposes, entries, notices, articles, findings } = impact;
  const lists = { notices, articles };
  return [fields, collections, stores, recipients, purposes, entries, findings, lists].every((part) =>
    Object.values(part).every((list: readonly unknown[]) => list.length === 0),
  );
}

function linesOf<T>(
  { added, removed, changed }: Changes<T>,
  nameOf: (item: T) => string,
  say: (item: T) => string,
  compare: (was: T, is: T) => string,
): Line[] {
  return [
    ...added.map((item): Line => ({ sign: "added", name: nameOf(item), text: say(item) })),
    ...changed.map(({ was, is }): Line => ({ sign: "changed", name: nameOf(is), text: compare(was, is) })),
    ...removed.map((item): Line => ({ sign: "removed", name: nameOf(item), text: say(item) })),
  ];
}

function wordLines({
  added,
  removed,
}: {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}): Line[] {
  return [
    ...added.map((name): Line => ({ sign: "added", name, text: "" })),
    ...removed.map((name): Line => ({ sign: "removed", name, text: "" })),
  ];
}

function fieldLines({ fields }: ImpactDocument, { impact, categories }: TextTable): Line[] {
  const say = (field: ImpactDocument["fields"]["added"][number]): string =>
    impact.field(categories[field.category], field.purposes, field.retention);
  return linesOf(
    fields,
    ({ name }) => name,
    say,
    (was, is) => impact.became(say(was), say(is)),
  );
}

/** Fields that came and went, and what else differs. */
function contents(
  was: { readonly fields: readonly string[] },
  is: { readonly fields: readonly string[] },
  { impact }: TextTable,
  rest: readonly string[] = [],
): string {
  const more = is.fields.filter((field) => !was.fields.includes(field));
  const fewer = was.fields.filter((field) => !is.fields.includes(field));
  return [
    ...(more.length === 0 ? [] : [impact.more(more)]),
    ...(fewer.length === 0 ? [] : [impact.fewer(fewer)]),
    ...rest,
  ].join("; ");
}

function storeLines({ stores }: ImpactDocument, texts: TextTable): Line[] {
  const states = (protection: readonly string[]): string[] =>
    protection.map((kind) => texts.protections[kind as keyof typeof texts.protections]);
  const listed = (protection: readonly string[]): string => states(protection).join(", ");
  return linesOf(
    stores,
    ({ name }) => name,
    ({ fields, protection }) => texts.impact.holds(fields, states(protection)),
    (was, is) => {
      const [before, after] = [listed(was.protection), listed(is.protection)];
      return contents(was, is, texts, before === after ? [] : [texts.impact.became(before, after)]);
    },
  );
}

function recipientLines({ recipients }: ImpactDocument, texts: TextTable): Line[] {
  return linesOf(
    recipients,
    ({ name }) => texts.word(name),
    ({ fields }) => texts.impact.gets(fields),
    (was, is) => contents(was, is, texts),
  );
}

function entryLines({ entries }: ImpactDocument, { impact, matrix }: TextTable): Line[] {
  type Entry = ImpactDocument["entries"]["added"][number];
  const say = ({ kind, reaches, misses }: Entry): string =>
    `${matrix.kinds[kind] ?? kind}; ${impact.reaches(reaches, misses)}`;
  return linesOf(
    entries,
    ({ entry }) => entry,
    say,
    (was, is) =>
      impact.became(impact.reaches(was.reaches, was.misses), impact.reaches(is.reaches, is.misses)),
  );
}

function uncoveredLines({ uncovered }: ImpactDocument, texts: TextTable): Line[] {
  return uncovered.map((item): Line => {
    const text = texts.impact.uncovered(item, named(item.kind, item.what, texts));
    return { sign: "bad", name: "", text };
  });
}

function noticeLines({ notices }: ImpactDocument, texts: TextTable): Line[] {
  return notices.map((notice): Line => {
    const added = notice.added.map(({ kind, what }) => texts.impact.told[kind](named(kind, what, texts)));
    return {
      sign: added.length > 0 ? "bad" : "note",
      name: notice.file,
      text: texts.impact.edited(notice, added),
    };
  });
}

/** Categories have names; what else the code has a name for is called by it. */
function named(kind: string, what: string, { word, categories }: TextTable): string {
  return kind === "category" ? categories[what as keyof typeof categories] : word(what);
}

function consentLines(impact: ImpactDocument, texts: TextTable): Line[] {
  const { impact: words } = texts;
  const { again, reasons, notice } = impact.consent;
  // What a text that was rewritten changes, no program tells.
  if (!again)
    return isUnchanged(impact) || impact.notices.length > 0
      ? []
      : [{ sign: "good", name: "", text: words.notAgain }];
  return [
    { sign: notice === null ? "bad" : "note", name: "", text: words.again },
    ...reasons.map(({ kind, what }): Line => {
      const text = `- ${words.reason[kind](named(kind, what, texts))}`;
      return { sign: "note", name: "", text };
    }),
    notice === null
      ? { sign: "bad", name: "", text: words.notAsked }
      : { sign: "good", name: "", text: words.asked(notice.version, notice.effective, notice.file) },
  ];
}

function articleLines({ articles }: ImpactDocument, { impact, report }: TextTable): Line[] {
  return articles.map(({ article, was, is }) => ({
    sign: is === "violated" ? "bad" : was === "violated" ? "good" : "note",
    name: "",
    text: `${report.articleName(article)}: ${impact.became(report.statuses[was], report.statuses[is])}`,
  }));
}

function findingLines(groups: readonly FindingGroup[], sign: "bad" | "good"): Line[] {
  return groups.map(({ findings: [{ rule, location }], text }) => ({
    sign,
    name: `${rule} ${location.file}:${String(location.line)}`,
    // What is gone needs no mend.
    text: joinSentences(sign === "bad" ? [text.what, text.mend] : [text.what]),
  }));
}
