import { parseDuration } from "../base/duration.js";
import { nearestWord } from "../base/nearest-word.js";
import type { AnnotationProblem, Retention } from "../contracts/annotation.js";
import {
  categories,
  deletionKinds,
  operations,
  purposes as knownPurposes,
  tags,
} from "../contracts/vocabulary.js";
import type { Category, DeletionKind, Operation, Purpose, Tag } from "../contracts/vocabulary.js";
import { type MarkForm, type Marks, noMarks, type RawTag, type RoleTag } from "./marks.js";

export type TagProblem = Omit<AnnotationProblem, "location"> & { readonly tag: RawTag };

/** Reads the words of tags; what it does not know becomes a problem at the tag. */
export interface TagReader {
  readonly purposes: readonly Purpose[];
  readonly report: (problem: TagProblem) => void;
}

const untilDeregistration = "until-deregistration";
/** Standard tags that look like ours. */
const standardTags = new Set([
  "access",
  "returns",
  "param",
  "private",
  "public",
  "protected",
  "child",
  "children",
  "encrypted",
]);

/** What a list of tags says. Tags of others are passed over. */
export function readMarks(raw: readonly RawTag[], form: MarkForm, reader: TagReader): Marks {
  const marks = noMarks();
  for (const tag of raw) readTag(tag, marks, form, reader);
  return marks;
}

function readTag(raw: RawTag, marks: Marks, form: MarkForm, reader: TagReader): void {
  const name = raw.name as Tag;
  switch (name) {
    case "childData":
      marks.category ??= readCategory(raw, reader);
      marks.form ??= form;
      marks.childData ??= raw;
      return;
    case "notChildData":
      marks.notChildData ??= raw;
      return;
    case "purpose":
      marks.purpose ??= raw;
      marks.purposes = [...(marks.purposes ?? []), ...readPurposes(raw, listText(raw.text), reader)];
      return;
    case "retention":
      marks.retentionTag ??= raw;
      readRetention(raw, marks, reader);
      return;
    case "guardianConsent":
      marks.roles.push({ tag: name, deletion: null, raw, ...readConsent(raw, reader) });
      return;
    case "deletionPath": {
      // Of no kind it is no way: where it was meant to be one, that is told, and what it would reach.
      const deletion = readDeletionKind(raw, reader);
      if (deletion !== null) marks.roles.push({ tag: name, operations: [], purposes: [], deletion, raw });
      return;
    }
    default:
      if ((tags as readonly string[]).includes(name))
        marks.roles.push({ tag: name satisfies RoleTag, operations: [], purposes: [], deletion: null, raw });
      else reportUnknownTag(raw, reader);
  }
}

function readCategory(raw: RawTag, reader: TagReader): Category | null {
  const [, word = "", rest = ""] = /^(\S*?)(?:([\s,].*))?$/.exec(firstLine(raw.text)) ?? [];
  // A sentence may follow a dash; without one, the first word is the category.
  if (word === "" || /^[-–—:]+$/.test(word)) return null;
  const category = categories.find((known) => known === word.replace(/[.;:]$/, ""));
  if (category === undefined) report("unknown-category", word, categories, raw, reader);
  else if (rest.startsWith(",")) report("unknown-category", rest.slice(1).trim(), categories, raw, reader);
  return category ?? null;
}

function readPurposes(raw: RawTag, text: string, reader: TagReader): Purpose[] {
  const known = [...knownPurposes, ...reader.purposes];
  const found: Purpose[] = [];
  for (const word of words(text)) {
    if (known.includes(word)) found.push(word);
    else report("unknown-purpose", word, known, raw, reader);
  }
  if (words(text).length === 0) report("unknown-purpose", "", known, raw, reader);
  return [...new Set(found)];
}

function readRetention(raw: RawTag, marks: Marks, reader: TagReader): void {
  const text = firstLine(raw.text)
    .replace(/\s+[-–—]\s.*$/, "")
    .replace(/[.;]$/, "");
  const retention = parseRetention(text);
  if (retention !== null) marks.retention ??= retention;
  else report("malformed-duration", text, [untilDeregistration], raw, reader);
}

/** A retention period: a duration in whole days, or `until-deregistration`; null where it is neither. */
export function parseRetention(text: string): Retention | null {
  if (text === untilDeregistration) return { days: null, text };
  const days = parseDuration(text.replace(/^(\d+)mo$/i, "$1m"));
  return days === null ? null : { days, text };
}

/** `collection, transfer for notification`: operations, then purposes; none of either means all. */
function readConsent(raw: RawTag, reader: TagReader): { operations: Operation[]; purposes: Purpose[] } {
  const text = listText(raw.text);
  const [, before = "", after] = /^(.*?)(?:(?:^|\s)for\s(.*))?$/.exec(text) ?? [];
  const found: Operation[] = [];
  for (const word of words(before)) {
    const operation = operations.find((known) => known === word);
    if (operation === undefined) report("unknown-operation", word, operations, raw, reader);
    else found.push(operation);
  }
  return {
    operations: [...new Set(found)],
    purposes: after === undefined ? [] : readPurposes(raw, after, reader),
  };
}

function readDeletionKind(raw: RawTag, reader: TagReader): DeletionKind | null {
  const word = words(firstLine(raw.text))[0] ?? "";
  const kind = deletionKinds.find((known) => known === word);
  if (kind === undefined) report("unknown-deletion-kind", word, deletionKinds, raw, reader);
  return kind ?? null;
}

/** A tag that is nobody's, but near one of ours: a typing error that would leave data unmarked. */
function reportUnknownTag(raw: RawTag, reader: TagReader): void {
  const plain = raw.name.replace(/[-_]/g, "");
  if (standardTags.has(raw.name)) return;
  const nearest = tags.find((tag) => tag.toLowerCase() === plain.toLowerCase()) ?? nearestWord(plain, tags);
  if (nearest === null || !isNear(plain, nearest)) return;
  reader.report({ kind: "unknown-tag", word: raw.name, nearest, expected: [], tag: raw });
}

/** Stricter than `nearestWord`: other tools' tags must not be taken for ours. */
function isNear(word: string, tag: string): boolean {
  if (word.toLowerCase() === tag.toLowerCase()) return true;
  return (
    Math.abs(word.length - tag.length) <= 2 &&
    word.length >= 6 &&
    nearestWord(word, [tag]) === tag &&
    distanceWithin(word, tag)
  );
}

function distanceWithin(word: string, tag: string): boolean {
  const [a, b] = [word.toLowerCase(), tag.toLowerCase()];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end <= 2;
}

function report(
  kind: AnnotationProblem["kind"],
  word: string,
  known: readonly string[],
  tag: RawTag,
  reader: TagReader,
): void {
  reader.report({ kind, word, nearest: nearestWord(word, known), expected: [...known], tag });
}

function firstLine(text: string): string {
  return (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? "").trim();
}

/** A list goes on where a line ends in a comma; a dash begins an explanation. */
function listText(text: string): string {
  const joined = text.trimStart().replace(/,\s*[\r\n]+\s*/g, ", ");
  return firstLine(joined)
    .replace(/\s+[-–—]\s.*$/, "")
    .replace(/\.$/, "");
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
