/** ESLint's own directive comments, understood as ESLint does, so that both faces silence the same findings. */
import { isDay, type Day } from "../base/day.js";
import { compareLocations, type Location } from "../base/location.js";
import type { RatedFinding } from "../contracts/finding.js";
import { isRuleId, ruleIds } from "../contracts/obligation.js";
import type { SourceComment, Suppression, SuppressionScope } from "../contracts/suppression.js";

const prefix = "child-privacy/";

/** What each of these comments holds: comments without it need not be read. */
export const directiveWord = /eslint(?:-(?:disable|enable)|(?=\s))/gu;

/** Whether a rule's name in a directive is one of ours. */
export function namesOwnRule(name: string): boolean {
  return name.startsWith(prefix) && isRuleId(name.slice(prefix.length));
}

interface Directive {
  readonly word: "disable" | "enable" | "line" | "next-line" | "file";
  readonly rules: readonly string[] | null;
  readonly reason: string | null;
  readonly comment: Location;
}

/** The suppressions that the comments of one file make; comments in the order of the file. */
export function readSuppressions(comments: readonly SourceComment[]): Suppression[] {
  const directives = [
    ...comments.flatMap((comment) => parseDirective(comment) ?? []),
    ...switchedOff(comments),
  ];
  return directives.flatMap((directive, index) => {
    const later = directives.slice(index + 1);
    return apart(directive, later).flatMap((part) => {
      const scope = scopeOf(part, later);
      return scope === null
        ? []
        : [{ rules: part.rules, scope, ...readReason(part.reason), comment: part.comment }];
    });
  });
}

/** A range some of whose rules end earlier than others becomes a range a rule. */
function apart(directive: Directive, later: readonly Directive[]): Directive[] {
  const isSplit = later.some((other) => other.word === "enable" && other.rules !== null);
  if (directive.word !== "disable" || !isSplit) return [directive];
  const rules = directive.rules ?? ruleIds.map((id) => prefix + id);
  return rules.map((rule) => ({ ...directive, rules: [rule] }));
}

function parseDirective(comment: SourceComment): Directive | null {
  const match = /^\s*eslint-(disable|enable)(?:-(line|next-line))?(?=\s|$)([\s\S]*)$/u.exec(comment.text);
  if (match === null) return null;
  const [, verb, place, rest = ""] = match;
  // ESLint takes ranges from block comments only, and a line's comment must not span lines.
  if (place === undefined && comment.kind === "line") return null;
  if (verb === "enable" && place !== undefined) return null;
  if (place === "line" && comment.location.endLine !== comment.location.line) return null;
  const [list = "", ...reason] = rest.split(/\s-{2,}\s/u);
  const rules = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const word = place === "line" || place === "next-line" ? place : verb === "enable" ? "enable" : "disable";
  return {
    word,
    rules: rules.length === 0 ? null : rules,
    reason: reason.join(" -- ").trim() || null,
    comment: comment.location,
  };
}

/** One of our rules, and its level with what follows. */
const ownSetting = /^\s*["']?(child-privacy\/[\w-]+)["']?\s*:\s*([\s\S]*)$/u;

/** `off`, `0`, `["off", { … }]`; a number in quotes is no level. */
const isOff = /^(?:\[\s*)?(?:(["']?)off\1|0)\s*(?:[,\]]|$)/u;

/** `a: off, b: [error, { c: "d, e" }]` as its settings: a comma in brackets or in quotes parts nothing. */
function settingsOf(list: string): string[] {
  const settings: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of list.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[[{}\],]/gu)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    else if (token === "," && depth === 0) {
      settings.push(list.slice(start, index));
      start = index + 1;
    }
  }
  return [...settings, list.slice(start)];
}

/**
 * `/* eslint child-privacy/…: off *\/` switches a rule off in the whole file, wherever it stands. Of several that
 * speak of a rule ESLint heeds the first.
 */
function switchedOff(comments: readonly SourceComment[]): Directive[] {
  const configured = new Set<string>();
  return comments.flatMap((comment): Directive[] => {
    const match = comment.kind === "block" ? /^\s*eslint(?=\s)([\s\S]*)$/u.exec(comment.text) : null;
    if (match === null) return [];
    const [list = "", ...reason] = (match[1] ?? "").split(/\s-{2,}\s/u);
    // Of several levels in one comment the last counts, as in an object that names a key twice.
    const levels = new Map<string, string>();
    for (const setting of settingsOf(list)) {
      const [, rule, level = ""] = ownSetting.exec(setting) ?? [];
      if (rule !== undefined) levels.set(rule, level);
    }
    const rules = [...levels].flatMap(([rule, level]) =>
      !configured.has(rule) && isOff.test(level) ? [rule] : [],
    );
    for (const rule of levels.keys()) configured.add(rule);
    if (rules.length === 0) return [];
    return [{ word: "file", rules, reason: reason.join(" -- ").trim() || null, comment: comment.location }];
  });
}

function scopeOf(directive: Directive, later: readonly Directive[]): SuppressionScope | null {
  const { comment, word } = directive;
  switch (word) {
    case "line":
      return { kind: "line", line: comment.line };
    case "next-line":
      return { kind: "line", line: (comment.endLine ?? comment.line) + 1 };
    case "disable": {
      const end = later.find((other) => other.word === "enable" && endsAll(other, directive));
      return { kind: "range", from: comment, to: end?.comment ?? null };
    }
    case "file":
      return { kind: "range", from: { file: comment.file, line: 1, column: 1 }, to: null };
    case "enable":
      return null;
  }
}

function endsAll(enable: Directive, disable: Directive): boolean {
  if (enable.rules === null) return true;
  return disable.rules?.every((rule) => enable.rules?.includes(rule)) ?? false;
}

/** `(until 2027-03-01)`, in capitals or in the full-width brackets of Chinese too; what is left open counts as meant. */
const untilForm = /\s*[(（]\s*until(?![a-z])[\s:：]*([^)）]*?)\s*(?:[)）]|$)/iu;

function readReason(reason: string | null): Pick<Suppression, "reason" | "until" | "malformedUntil"> {
  // Digits and hyphens of an input method are as wide as its brackets.
  const written = untilForm.exec(reason ?? "")?.[1]?.normalize("NFKC") ?? null;
  const text = reason?.replace(untilForm, "").trim() ?? "";
  const isGood = written !== null && isDay(written);
  return {
    reason: text === "" ? null : text,
    until: isGood ? written : null,
    malformedUntil: isGood ? null : written,
  };
}

/** The suppression that silences a finding on this day, or undefined. */
export function suppressionOf(
  finding: RatedFinding,
  suppressions: readonly Suppression[],
  today: Day,
): Suppression | undefined {
  const names = [prefix + finding.rule, ...(finding.verdict === "possible" ? [`${prefix}cannot-tell`] : [])];
  return suppressions.find(
    (each) =>
      each.comment.file === finding.location.file &&
      (each.until === null || each.until >= today) &&
      each.malformedUntil === null &&
      (each.rules === null || each.rules.some((rule) => names.includes(rule))) &&
      holdsAt(each.scope, finding.location),
  );
}

function holdsAt(scope: SuppressionScope, location: Location): boolean {
  if (scope.kind === "line") return scope.line === location.line;
  return (
    compareLocations(scope.from, location) <= 0 &&
    (scope.to === null || compareLocations(location, scope.to) < 0)
  );
}
