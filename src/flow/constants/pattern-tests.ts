/** What patterns say of texts that are known: `/phone|mail/i.test(key)`, `key.search(secret)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Constant } from "./constant-operations.js";
import { hasUnknownElement, isChangedLater } from "./changed-lists.js";
import { foldValues } from "./constants.js";
import { definitionOf } from "../paths/value-places.js";
import type { Context } from "../contexts/context.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isPattern } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Names of properties are short; a pattern may take very long over a long text. */
const longestText = 200;
const longestPattern = 2000;
/** A group that is repeated without end, in which something may be repeated again. */
const repeatedGroup = /\)(?:[*+]|\{\d+,\})/u;

const goesOn = /\/[a-z]*[gy][a-z]*$/u;

/** Whether a pattern, as it is written (`/secret/i`), matches; null where that is not told. */
function matchesPattern(written: string, text: string): boolean | null {
  const pattern = compiled(written);
  return pattern === null || text.length > longestText ? null : pattern.test(text);
}

/** What a method of a text or of a pattern gives for the other. */
export function askPattern(written: string, method: string, text: string): Constant | null {
  const matches = matchesPattern(written, text);
  switch (method) {
    case "test":
      // A pattern that goes on from where it last matched may find nothing more.
      return matches === null || (matches && goesOn.test(written)) ? null : { value: matches };
    case "match":
    case "exec":
      // For the list of what matched stands the text: it is there, and true.
      return matches === null ? null : { value: matches ? written : null };
    case "search":
      return matches === null ? null : { value: text.search(compiled(written) ?? "") };
    default:
      return null;
  }
}

const patterns = new Map<string, RegExp | null>();

function compiled(written: string): RegExp | null {
  const known = patterns.get(written);
  if (known !== undefined) return known;
  const parts = /^\/(.*)\/([a-z]*)$/su.exec(written);
  let pattern: RegExp | null = null;
  try {
    if (parts !== null && written.length <= longestPattern && !repeatedGroup.test(written))
      pattern = new RegExp(parts[1] ?? "", (parts[2] ?? "").replace(/[gy]/gu, ""));
  } catch {
    // What is no pattern here, or has flags that are not known here, tells nothing.
  }
  patterns.set(written, pattern);
  return pattern;
}

/** The patterns that a value may be in one run, as they are written; null where one of them is not told. */
export function patternsIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  { parameters, slots }: Context,
): readonly string[] | null {
  const found: string[] = [];
  const made = definitionOf(node, value);
  const own =
    made?.kind === "parameter"
      ? parameters.get(made.index)
      : made?.kind === "capture"
        ? slots.get(made.slot)
        : undefined;
  for (const each of own ?? pointsTo.valuesOf(node, value)) {
    const written = writtenPattern(pointsTo, each);
    if (written === null) return null;
    found.push(written);
  }
  return found.length === 0 ? null : found;
}

/** The patterns that a list is written with, and nothing else. */
export function patternsListed(pointsTo: PointsTo, list: AbstractValue): readonly AbstractValue[] | null {
  if (list.kind !== "object" || !list.array || isChangedLater(pointsTo, list)) return null;
  const [owner = "", point = ""] = list.site.split(":");
  if (pointsTo.program.functions[Number(owner)]?.code[Number(point)]?.kind !== "array") return null;
  const members = [...pointsTo.fieldNode(list, "*").values];
  return members.length > 0 && members.every(isPattern) && !hasUnknownElement(pointsTo, list)
    ? members
    : null;
}

function writtenPattern(pointsTo: PointsTo, value: AbstractValue): string | null {
  if (value.kind !== "foreign" || value.site === null || !isPattern(value)) return null;
  const [owner = "", point = ""] = value.site.split(":");
  const home = pointsTo.program.functions[Number(owner)];
  const made = home?.code[Number(point)];
  if (home === undefined || made === undefined) return null;
  if (made.kind === "constant") return made.type === "regexp" ? String(made.value) : null;
  if (made.kind !== "call" || !made.new || made.arguments.some(({ spread }) => spread)) return null;
  const [source, flags, ...others] = made.arguments.map((given) => onlyText(pointsTo, home, given.value));
  if (typeof source !== "string" || flags === null || others.length > 0) return null;
  return `/${source}/${flags ?? ""}`;
}

function onlyText(pointsTo: PointsTo, node: FunctionNode, value: ValueId): string | null {
  const written = definitionOf(node, value);
  if (written?.kind === "constant") return written.type === "string" ? String(written.value) : null;
  const [text, ...others] = foldValues(pointsTo, pointsTo.valuesOf(node, value));
  return text === undefined || others.length > 0 || /[*]/u.test(text) ? null : text;
}
