/**
 * Readers: each reads one form of YAML value with an error for whatever else stands there, and knows the
 * JSON Schema of what it reads. The grammar is built from them, so validation and schema cannot drift.
 */
import { type Node, type Pair, isAlias, isMap, isScalar, isSeq } from "yaml";
import { nearestWord } from "../base/nearest-word.js";
import type { ModelPlace } from "../contracts/model.js";
import type { ModelError, ModelErrorKind } from "./model-error.js";
import type { TextProblem } from "./parsed.js";

/** What a reader gives where an error was recorded. */
export const failed = Symbol("failed");
export type Failed = typeof failed;

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The file that is read: its name for errors, its lines, and its YAML aliases. */
export interface ModelSource {
  readonly file: string;
  /** The 1-based line of an offset. */
  lineAt(offset: number): number;
  /** What an alias (`*name`) stands for. */
  resolve?(alias: Node): Node | undefined;
}

/** One run over a file: collects its errors. */
export class Reading {
  readonly errors: ModelError[] = [];
  private readonly told = new Set<string>();
  /** Named by `company:`; the recipient of a disclosure that names none. */
  company: string | null = null;

  constructor(
    readonly source: ModelSource,
    /** Purposes that the config adds to the built-in ones. */
    readonly purposes: readonly string[] = [],
  ) {}

  place(node: Node | null | undefined): ModelPlace {
    return { file: this.source.file, line: this.source.lineAt(node?.range?.[0] ?? 0) };
  }

  fail(
    node: Node | null | undefined,
    kind: ModelErrorKind,
    problem: Partial<TextProblem> & { readonly word: string },
  ): Failed {
    // What several aliases stand for is read several times, and mended once.
    const key = JSON.stringify([kind, problem.word, node?.range?.[0]]);
    if (node?.range && this.told.has(key)) return failed;
    this.told.add(key);
    this.errors.push({
      kind,
      word: problem.word,
      nearest: problem.nearest ?? null,
      expected: problem.expected ?? [],
      place: this.place(node),
    });
    return failed;
  }

  /** The node itself, or what an alias stands for. */
  follow(node: Node | null): Node | null {
    return isAlias(node) ? (this.source.resolve?.(node) ?? null) : node;
  }
}

export interface Reader<T> {
  readonly schema: JsonSchema;
  /** What it reads, in a word, for errors. */
  readonly expects: string;
  read(node: Node | null, reading: Reading): T | Failed;
}

/** What stands at a node, in a word, for errors. */
export function describeNode(node: Node | null): string {
  if (isMap(node)) return "mapping";
  if (isSeq(node)) return "list";
  return isScalar(node) ? String(node.value) : "nothing";
}

export function wrongKind(reading: Reading, node: Node | null, ...expected: string[]): Failed {
  return reading.fail(node, "wrong-kind", { word: describeNode(node), expected });
}

/** Any text. */
export const text: Reader<string> = {
  schema: { type: "string", minLength: 1 },
  expects: "text",
  read: (node, reading) =>
    isScalar(node) && typeof node.value === "string" && node.value !== ""
      ? node.value
      : wrongKind(reading, node, "text"),
};

/** Only `true`. */
export const affirmed: Reader<true> = {
  schema: { const: true },
  expects: "true",
  read: (node, reading) => (isScalar(node) && node.value === true ? true : wrongKind(reading, node, "true")),
};

export const flag: Reader<boolean> = {
  schema: { type: "boolean" },
  expects: "true or false",
  read: (node, reading) =>
    isScalar(node) && typeof node.value === "boolean"
      ? node.value
      : wrongKind(reading, node, "true", "false"),
};

export const constant: Reader<string | number | boolean> = {
  schema: { type: ["string", "number", "boolean"] },
  expects: "a text, number or boolean",
  read(node, reading) {
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
    return wrongKind(reading, node, "text", "number", "true", "false");
  },
};

/** One of a closed list of words. */
export function word<const W extends string>(words: readonly W[]): Reader<W> {
  return {
    schema: { enum: words },
    expects: words.join(" | "),
    read(node, reading) {
      const value = isScalar(node) ? String(node.value) : null;
      const found = words.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      if (value === null) return wrongKind(reading, node, ...words);
      return reading.fail(node, "unknown-word", {
        word: value,
        nearest: nearestWord(value, words),
        expected: words,
      });
    },
  };
}

/** One item, or a list of items. */
export function oneOrMore<T>(item: Reader<T>): Reader<readonly T[]> {
  return {
    schema: { anyOf: [item.schema, { type: "array", items: item.schema, minItems: 1 }] },
    expects: `${item.expects}, or a list of it`,
    read: (node, reading) => readItems(reading.follow(node), item, reading),
  };
}

/** All values, or the failure where one of them is none. */
export function allOf<T>(values: readonly (T | Failed)[]): readonly T[] | Failed {
  const kept = values.filter((value): value is T => value !== failed);
  return kept.length === values.length ? kept : failed;
}

function readItems<T>(node: Node | null, item: Reader<T>, reading: Reading): readonly T[] | Failed {
  if (!isSeq(node)) {
    const value = item.read(node, reading);
    return value === failed ? failed : [value];
  }
  if (node.items.length === 0) return wrongKind(reading, node, item.expects);
  const values = node.items.map((each) => item.read(reading.follow(each as Node), reading));
  return allOf(values);
}

/** A key of a mapping: its reader and what holds where it is not written (undefined: it must be). */
export interface Field<T> {
  readonly reader: Reader<T>;
  readonly fallback: T | undefined;
}

export function required<T>(reader: Reader<T>): Field<T> {
  return { reader, fallback: undefined };
}

export function optional<T, const F>(reader: Reader<T>, fallback: F): Field<T | F> {
  return { reader, fallback };
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A mapping with known keys; with `main`, a value that is no mapping with such keys is read as that key's. */
export function mapping<F extends Fields>(fields: F, main?: keyof F & string): Reader<Values<F>> {
  const keys = Object.keys(fields);
  return {
    schema: mappingSchema(fields, main),
    expects: `a mapping of ${keys.join(", ")}`,
    read(node, reading) {
      const whole = main === undefined ? undefined : fields[main];
      if (isMap(node))
        return readFields(node.items as Pair<Node, Node | null>[], node, fields, reading) as
          Values<F> | Failed;
      if (main === undefined || whole === undefined) return wrongKind(reading, node, ...keys);
      const value = whole.reader.read(node, reading);
      return value === failed
        ? failed
        : (fillIn(new Map([[main, value]]), node, fields, reading) as Values<F> | Failed);
    },
  };
}

function readFields(
  pairs: readonly Pair<Node, Node | null>[],
  node: Node,
  fields: Fields,
  reading: Reading,
): unknown {
  const values = new Map<string, unknown>();
  let isWrong = false;
  for (const pair of pairs) {
    const key = describeNode(pair.key);
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined) {
      const keys = Object.keys(fields);
      reading.fail(pair.key, "unknown-key", { word: key, nearest: nearestWord(key, keys), expected: keys });
      isWrong = true;
      continue;
    }
    const value = field.reader.read(reading.follow(pair.value), reading);
    if (value === failed) isWrong = true;
    else values.set(key, value);
  }
  return isWrong ? failed : fillIn(values, node, fields, reading);
}

function fillIn(
  values: ReadonlyMap<string, unknown>,
  node: Node | null,
  fields: Fields,
  reading: Reading,
): unknown {
  const result: Record<string, unknown> = {};
  let isWrong = false;
  for (const [key, field] of Object.entries(fields)) {
    const value = values.get(key) ?? field.fallback;
    if (value === undefined) {
      reading.fail(node, "missing-key", { word: key, expected: [field.reader.expects] });
      isWrong = true;
    }
    result[key] = value;
  }
  return isWrong ? failed : result;
}

function mappingSchema(fields: Fields, main: string | undefined): JsonSchema {
  const entries = Object.entries(fields);
  const needed = entries.filter(([, field]) => field.fallback === undefined).map(([key]) => key);
  const schema = {
    type: "object",
    properties: Object.fromEntries(entries.map(([key, field]) => [key, field.reader.schema])),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  };
  const whole = main === undefined ? undefined : fields[main];
  return whole === undefined ? schema : { anyOf: [whole.reader.schema, schema] };
}
