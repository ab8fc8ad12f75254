/** Addresses of routes, segment by segment, and which of them a pattern takes in. */
import type { PathMatch } from "../../../contracts/model.js";

/** A pattern that cannot be read: it takes in nothing for sure. */
export const unknownPath = "?";
/** Any address. */
export const anyPath = "/**";

type Segment =
  | { readonly kind: "literal" | "limited"; readonly text: string }
  /** Any one segment. */
  | { readonly kind: "one"; readonly text: string; readonly isOptional: boolean }
  /** One or more segments, or none as well. */
  | { readonly kind: "some" | "rest"; readonly text: string };

/** A regular expression as an address, marked by a sign that no address begins with. */
export function patternPath(source: string): string {
  return `~${source}`;
}

/** Is every request to the address one that the pattern takes in? */
export function takesIn(pattern: string, match: PathMatch, address: string): boolean {
  if (address.startsWith("~")) return pattern === "" || pattern === "/" ? match === "prefix" : false;
  // Routes are found whatever the case of an address; a regular expression may look at it.
  if (pattern.startsWith("~"))
    return samplesOf(address).every((sample) =>
      [sample, sample.toUpperCase()].every((each) => fitsPattern(pattern, match, each)),
    );
  if (takesSegments(pattern, match, address)) return true;
  return (
    isExpression(pattern) &&
    samplesOf(address).every((sample) => likeOf(sample).every((each) => fitsExpression(pattern, each, "")))
  );
}

function takesSegments(pattern: string, match: PathMatch, address: string): boolean {
  const from = segments(pattern);
  const to = segments(address);
  if (pattern === unknownPath) return false;
  for (const [index, written] of from.entries()) {
    const isLast = index === from.length - 1;
    const segment = match === "starred" && isLast && written.kind === "some" ? restOf(written) : written;
    const given = to[index];
    if (isLast && segment.kind === "rest") return true;
    if (given === undefined) {
      if (segment.kind === "one" && segment.isOptional) continue;
      return false;
    }
    if (isLast && segment.kind === "some") return given.kind !== "rest";
    if (isLast && isBegun(segment)) return begins(segment, to.slice(index));
    if (!takesOne(segment, given)) return false;
  }
  return match === "prefix" || to.length <= from.length;
}

/** May a request to the address be one that the pattern takes in? */
export function mayTakeIn(pattern: string, match: PathMatch, address: string): boolean {
  if (pattern === unknownPath || address === unknownPath) return true;
  if (pattern.startsWith("~") || address.startsWith("~")) return true;
  const from = segments(pattern);
  const to = segments(address);
  for (const [index, segment] of from.entries()) {
    const given = to[index];
    if (segment.kind === "some" || segment.kind === "rest" || isBegun(segment)) return true;
    if (given === undefined) return segment.kind === "one" && segment.isOptional;
    if (given.kind === "some" || given.kind === "rest") return true;
    // Some packages take capitals for small letters.
    if (segment.kind === "literal" && given.kind === "literal" && !isAlike(segment.text, given.text))
      return false;
  }
  return match === "prefix" || to.length <= from.length || to[from.length]?.kind === "rest";
}

/** Addresses that stand for all that a route's is: `/children/:id` is any one child. */
export function samplesOf(address: string): readonly string[] {
  let found: readonly string[] = [""];
  for (const { kind, text } of segments(address)) {
    const parts =
      kind === "literal"
        ? [`/${text}`]
        : kind === "rest"
          ? ["", "/-", "/-/-"]
          : kind === "some"
            ? ["/-", "/-/-"]
            : ["/-"];
    found = found.flatMap((prefix) => parts.map((part) => prefix + part));
  }
  return found.map((each) => (each === "" ? "/" : each));
}

/** The address as what is mounted under a pattern sees it; null where it is none below that. */
export function below(pattern: string, address: string): string | null {
  if (pattern.startsWith("~") || !takesIn(pattern, "prefix", address)) return null;
  return `/${address.split("/").filter(Boolean).slice(segments(pattern).length).join("/")}`;
}

/** The address of what is mounted under another one. */
export function joinPaths(prefix: string, path: string): string {
  if (prefix === unknownPath || path === unknownPath) return unknownPath;
  if (path.startsWith("~") && /^\/?$/u.test(prefix)) return path;
  if (path.startsWith("~") || prefix.startsWith("~")) return unknownPath;
  return `/${[...prefix.split("/"), ...path.split("/")].filter((segment) => segment !== "").join("/")}`;
}

/** Does a pattern name the parameter? */
export function namesParameter(pattern: string, parameter: string): boolean {
  return pattern.split("/").some((segment) => segment.replace(/^\{?:(\w+).*$/u, "$1") === parameter);
}

/** What may stand for a parameter of an address. */
const stands = ["-", "7", "abc", "A"];

function likeOf(sample: string): readonly string[] {
  return stands.map((part) => sample.replaceAll(/\/-(?=\/|$)/gu, `/${part}`));
}

/** Is the address, whatever stands for its parameters, one that the pattern fits as a whole? Null: some are. */
export function isFitted(pattern: string, sample: string, flags: string): boolean | null {
  const [first = false, ...others] = likeOf(sample).map((each) => fitsExpression(pattern, each, flags));
  return others.every((other) => other === first) ? first : null;
}

/** `/((?!api|static).*)`, `/(api|trpc)(.*)`, `/private(.*)` */
function isExpression(pattern: string): boolean {
  return (
    pattern.includes("(?") ||
    segments(pattern).some(({ kind, text }) => kind === "limited" && text.includes("("))
  );
}

/** What stands in parentheses means what it means in a regular expression. */
function fitsExpression(pattern: string, sample: string, flags: string): boolean {
  let depth = 0;
  const parts = pattern.split(/(?<!\\)(?=[()])|(?<=(?<!\\)[()])/u).map((part, index, all) => {
    if (part === "(") depth++;
    if (part === ")") depth--;
    if (depth > 0 || part === ")") return part;
    const isBeforeGroup = all[index + 1] === "(";
    return part
      .replaceAll(/\/:\w+\*/gu, "(?:/[^/]+)*")
      .replaceAll(/\/:\w+\+/gu, "(?:/[^/]+)+")
      .replaceAll(/\/:\w+\?/gu, "(?:/[^/]+)?")
      .replace(isBeforeGroup ? /:\w+$/u : /^$/u, "")
      .replaceAll(/:\w+/gu, "[^/]+")
      .replaceAll(/(?<!\\)\.(?![*+])/gu, "\\.");
  });
  try {
    return new RegExp(`^${parts.join("")}/?$`, `u${flags}`).test(sample);
  } catch {
    return false;
  }
}

/** What a regular expression matches of an address it takes off, and only whole segments. */
function fitsPattern(pattern: string, match: PathMatch, sample: string): boolean {
  const [, source = "", flags = ""] = /^~\/(.*)\/([a-z]*)$/su.exec(pattern) ?? [];
  try {
    const [matched] = new RegExp(source, flags.replace(/[gy]/gu, "")).exec(sample) ?? [];
    if (matched === undefined || match !== "prefix") return matched !== undefined;
    return sample.startsWith(matched) && /^(?:$|[/.])/u.test(sample.slice(matched.length));
  } catch {
    return false;
  }
}

const begun = /^([\w.~-]+)\*\w*$/u;

/** `files*rest`: the segment begins so, and whatever comes then. */
function isBegun({ kind, text }: Segment): boolean {
  return kind === "limited" && begun.test(text);
}

function begins({ text }: Segment, given: readonly Segment[]): boolean {
  const start = begun.exec(text)?.[1] ?? "";
  const rest = given.map((each) => each.text).join("/");
  return given[0]?.kind === "literal" && rest.startsWith(start) && rest.length > start.length;
}

function takesOne(segment: Segment, given: Segment): boolean {
  if (given.kind === "rest") return false;
  switch (segment.kind) {
    case "one":
      return given.kind !== "some";
    case "some":
    case "rest":
      return true;
    default:
      return given.kind === segment.kind && given.text === segment.text;
  }
}

function isAlike(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function restOf({ text }: Segment): Segment {
  return { kind: "rest", text };
}

/** `:id`, `:id?`, `:id(\\d+)`, `*`, `*rest`, `{*rest}`, `(.*)`; anything else in one of them narrows it. */
function segments(path: string): Segment[] {
  return path
    .replaceAll("{/*", "/{*")
    .split("/")
    .filter((text) => text !== "")
    .map((text): Segment => {
      if (/^\{\*\w*\}$|^\*\*$|^\(\.\*\)$|^:\w+\(\.\*\)$|^:\w+\*$/u.test(text)) return { kind: "rest", text };
      if (/^\*\w*$|^\(\.\+\)$|^:\w+\(\.\+\)$|^:\w+\+$/u.test(text)) return { kind: "some", text };
      if (/^:\w+\??$/u.test(text)) return { kind: "one", text, isOptional: text.endsWith("?") };
      return { kind: /[:*(){}]/u.test(text) ? "limited" : "literal", text };
    });
}
