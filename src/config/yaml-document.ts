/** Reads a YAML file that people write by hand against a schema, with errors that name the line and the mend. */
import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from "yaml";
import type { z } from "zod";
import { nearestWord } from "../base/nearest-word.js";
import type { FilePath } from "../base/keys.js";
import type { Location } from "../base/location.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { removeWrongAliases, type WithoutAliases } from "./yaml-aliases.js";
import { PrunedValue, type Path } from "./pruned-value.js";
import { expectedWords, isMissing, knownKeysAt } from "./schema-words.js";

/** A file that could be parsed as YAML. */
export interface YamlDocument {
  readonly file: FilePath;
  readonly kind: DocumentProblem["document"];
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly text: string;
  readonly lost: WithoutAliases["lost"];
}

/** What could be used of a file, and what was wrong with the rest. */
export interface Reading<T> {
  /** Undefined where nothing of it could be used. */
  readonly value: T | undefined;
  readonly problems: readonly DocumentProblem[];
  /** Where the value at a path of `value` was written. */
  locate(path: Path): Location;
}

/** Parses YAML; one problem where it is none. An empty file is an empty mapping. */
export function parseYaml(
  text: string,
  file: FilePath,
  kind: DocumentProblem["document"],
): { readonly yaml: YamlDocument; readonly problems: readonly DocumentProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: true,
    // `!!binary` and its kind are no values of ours: what is written is what counts.
    resolveKnownTags: false,
  });
  const { wrong, lost } = removeWrongAliases(document);
  const yaml: YamlDocument = { file, kind, document, lines, text, lost };
  const problems: DocumentProblem[] = [];
  for (const error of document.errors) {
    const location = locationOf(yaml, withinText(text, error.pos));
    if (error.code === "DUPLICATE_KEY") {
      problems.push(problem(yaml, "duplicate-key", [], { found: keyAt(text, error.pos[0]), location }));
    } else if (error.code === "MULTIPLE_DOCS") {
      problems.push(problem(yaml, "several-documents", [], { found: "---", location }));
    } else if (!problems.some((other) => other.kind === "not-yaml")) {
      problems.push(problem(yaml, "not-yaml", [], { found: firstSentence(error.message), location }));
    }
  }
  if (problems.some((each) => each.kind === "not-yaml")) return { yaml, problems };
  for (const { kind: fault, path, found, range } of wrong)
    problems.push(problem(yaml, fault, path, { found: shorten(found), location: locationOf(yaml, range) }));
  return { yaml, problems };
}

/**
 * Validates what a file says. Everything that is wrong is reported once, at its place, and left out of the
 * value, so that one wrong word costs nothing but itself.
 */
export function readYaml<T>(
  text: string,
  file: FilePath,
  kind: DocumentProblem["document"],
  schema: z.ZodType<T>,
): Reading<T> & { readonly yaml: YamlDocument } {
  const { yaml, problems } = parseYaml(text, file, kind);
  const start = (): Location => ({ file, line: 1, column: 1 });
  if (problems.some((each) => each.kind === "not-yaml"))
    return { yaml, value: undefined, problems, locate: start };
  const root =
    withoutNulls(
      // How much aliases stand for has been judged.
      yaml.document.toJS({ maxAliasCount: -1 }) as unknown,
    ) ?? {};
  if (typeof root !== "object" || Array.isArray(root)) {
    const wrong = problem(yaml, "not-a-mapping", [], {
      found: Array.isArray(root) ? "a list" : shorten(text),
      location: locate(yaml, []),
    });
    return { yaml, value: undefined, problems: [...problems, wrong], locate: start };
  }
  const pruned = new PrunedValue(root);
  const first = schema.safeParse(root);
  const found = first.success
    ? []
    : oneAPath(first.error.issues).flatMap((issue) => problemsOf(yaml, schema, issue, root));
  const value = pruned.until(schema);
  return {
    yaml,
    value,
    problems: oneAPlace([...problems, ...found]),
    locate: (path) => locate(yaml, pruned.originalPath(path)),
  };
}

/** A value of the wrong type may also be too short or too small: its type is what to mend. */
function oneAPath(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const told = new Set<string>();
  return issues.filter((issue) => {
    if (issue.code === "unrecognized_keys") return true;
    const path = writePath(issue.path);
    if (told.has(path)) return false;
    told.add(path);
    return true;
  });
}

/** What is written once and stands in several places through an alias is mended once. */
function oneAPlace(problems: readonly DocumentProblem[]): DocumentProblem[] {
  const told = new Set<string>();
  return problems.filter(({ kind, found, location: { line, column } }) => {
    const key = JSON.stringify([kind, found, line, column]);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}

/** Where a value stands; the nearest enclosing one where the path leads nowhere. */
export function locate(yaml: YamlDocument, path: Path): Location {
  const node = nodeAt(yaml, path);
  return locationOf(yaml, keyRange(yaml, path) ?? rangeOf(node) ?? [0, 0]);
}

/** The node at a path, aliases followed; the nearest enclosing one where the path leads nowhere. */
export function nodeAt(yaml: YamlDocument, path: Path): Node | null {
  let node: Node | null = yaml.document.contents;
  for (const step of path) {
    const inner: Node | undefined = childOf(follow(yaml, node), step);
    if (inner === undefined) break;
    node = inner;
  }
  return node;
}

function follow(yaml: YamlDocument, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(yaml.document) ?? null) : node;
}

function childOf(node: Node | null, step: PropertyKey): Node | undefined {
  if (isSeq(node)) return node.items[Number(step)] as Node | undefined;
  if (isMap(node)) return node.get(String(step), true) ?? undefined;
  return undefined;
}

/** A mapping's entry starts at its key. */
function keyRange(yaml: YamlDocument, path: Path): readonly [number, number] | undefined {
  const last = path.at(-1);
  if (typeof last !== "string") return undefined;
  const parent = follow(yaml, nodeAt(yaml, path.slice(0, -1)));
  return isMap(parent) ? rangeOf(keyNode(parent.items as Pair<Node>[], last)) : undefined;
}

function keyNode(pairs: readonly Pair<Node>[], key: string): Node | undefined {
  return pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key;
}

function rangeOf(node: Node | null | undefined): readonly [number, number] | undefined {
  const range = node?.range;
  return range ? [range[0], range[1]] : undefined;
}

/** What is only missed at the end of the file is told at the last thing written, not at an empty line behind it. */
function withinText(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const last = Math.max(0, text.trimEnd().length - 1);
  return start > last ? [last, last + 1] : [start, end];
}

function locationOf(yaml: YamlDocument, range: readonly [number, number]): Location {
  const start = yaml.lines.linePos(range[0]);
  const end = yaml.lines.linePos(range[1]);
  return {
    file: yaml.file,
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
  };
}

function problem(
  yaml: YamlDocument,
  kind: DocumentProblem["kind"],
  path: Path,
  rest: Partial<DocumentProblem> & { readonly location: Location },
): DocumentProblem {
  return {
    document: yaml.kind,
    kind,
    path: writePath(path),
    found: "",
    nearest: null,
    expected: [],
    ...rest,
  };
}

function problemsOf(
  yaml: YamlDocument,
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  root: unknown,
): DocumentProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return problem(yaml, "unknown-key", path, {
        found: shorten(key),
        nearest: nearestWord(key, known),
        expected: known,
        location: locate(yaml, path),
      });
    });
  }
  const location = locate(yaml, issue.path);
  if (isMissing(issue, root)) {
    const key = String(issue.path.at(-1) ?? "");
    const parent = follow(yaml, nodeAt(yaml, issue.path.slice(0, -1)));
    if (parent !== null && yaml.lost.get(parent)?.has(key) === true) return [];
    return [
      problem(yaml, "missing-key", issue.path, { found: key, expected: expectedWords(issue), location }),
    ];
  }
  const found = sourceOf(yaml, issue.path);
  const expected = expectedWords(issue);
  const nearest = issue.code === "invalid_value" ? nearestWord(found, expected) : null;
  return [problem(yaml, "wrong-value", issue.path, { found, nearest, expected, location })];
}

/** The value as it is written, shortened. */
function sourceOf(yaml: YamlDocument, path: Path): string {
  const node = nodeAt(yaml, path);
  if (isScalar(node)) return shorten(String(node.value));
  const range = rangeOf(node);
  return range === undefined ? "" : shorten(yaml.text.slice(...range));
}

/** On one line of a message, whatever the file holds. */
function shorten(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function firstSentence(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/ at line \d+.*$/u, "").replace(/[:.]$/u, "");
}

/** `stores[0].match` */
export function writePath(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${String(step)}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
}

/** The key that begins at an offset. */
function keyAt(text: string, offset: number): string {
  return (
    /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]*)/u
      .exec(text.slice(offset))?.[0]
      .replace(/^["']|["']$/gu, "")
      .trim() ?? ""
  );
}

/** A key without a value says nothing, as does a list whose entries are all commented out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as Record<string, unknown>).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}
