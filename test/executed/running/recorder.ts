/** Notes what arrives at which line of a fixture. */
import { SourceMap, type SourceMapPayload } from "node:module";
import { findTokens, observe } from "../../oracle/execution/tokens.js";
import type { Arrival, SinkClass } from "../plan.js";

/** A place that is known otherwise than by who calls: where a function was handed on. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

const firstYear = 2201;

/** A day that nothing else in a fixture means. */
export function dateToken(token: number): Date {
  return new Date(Date.UTC(firstYear + token, 5, 7));
}

export function numberToken(token: number): number {
  return 90_210 + token * 7;
}

/** A token of letters that every encoding knows. */
export function asciiToken(token: number): string {
  return `Zq${letters[token] ?? "a"}vx`;
}

const letters = "abcdefghijklmnop";

export class Recorder {
  private readonly arrivals = new Map<string, Arrival>();
  private readonly places = new Set<string>();
  private readonly maps = new Map<string, SourceMap>();

  constructor(modules: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(modules)) {
      const inline = /sourceMappingURL=data:application\/json;base64,(\S+)/u.exec(text)?.[1];
      if (inline === undefined) continue;
      const payload = JSON.parse(Buffer.from(inline, "base64").toString("utf8")) as SourceMapPayload;
      this.maps.set(path, new SourceMap(payload));
    }
  }

  /** How many tokens have arrived at how many lines. */
  get size(): number {
    return this.places.size;
  }

  get all(): Arrival[] {
    return [...this.arrivals.values()];
  }

  record(values: readonly unknown[], sink: SinkClass, handed: Place | null = null): void {
    const tokens = tokensIn(values);
    if (tokens.size === 0) return;
    const at = handed === null ? this.caller() : { ...handed, column: null };
    if (at === null) return;
    for (const token of tokens) {
      const arrival = { ...at, token, sink };
      this.arrivals.set(JSON.stringify(arrival), arrival);
      this.places.add(`${at.file} ${String(at.line)} ${String(token)}`);
    }
  }

  /** Whether the fixture itself called, not something that it called: so many functions of the run lie between. */
  isCalledFromFixture(between: number): boolean {
    return callSites()[between + 2]?.getFileName()?.startsWith("fixture:") === true;
  }

  /** The place in the fixture that called last. */
  caller(): Omit<Arrival, "token" | "sink"> | null {
    for (const site of callSites()) {
      const file = site.getFileName() ?? "";
      const map = this.maps.get(file.replace(/^fixture:/u, ""));
      const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
      if (map === undefined || line === null || column === null) continue;
      const entry = map.findEntry(line - 1, column - 1);
      if (!("originalLine" in entry)) continue;
      return {
        file: file.replace(/^fixture:/u, ""),
        line: entry.originalLine + 1,
        column: entry.originalColumn,
      };
    }
    return null;
  }
}

function callSites(): NodeJS.CallSite[] {
  const known = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const { stackTraceLimit } = Error;
  Error.prepareStackTrace = (_error, sites) => sites;
  Error.stackTraceLimit = 80;
  const sites = new Error().stack as unknown as NodeJS.CallSite[];
  if (known === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
  else Object.defineProperty(Error, "prepareStackTrace", known);
  Error.stackTraceLimit = stackTraceLimit;
  return sites;
}

/** Tokens of which a trace is in the values: texts, numbers and days. */
export function tokensIn(values: readonly unknown[]): Set<number> {
  const found = new Set<number>();
  observe(values, found);
  const text = shown(values);
  for (const [digits] of text.matchAll(/\b90[23]\d\d\b/gu)) {
    const token = (Number(digits) - 90_210) / 7;
    if (Number.isInteger(token) && token >= 0) found.add(token);
  }
  for (const [year] of text.matchAll(/\b22\d\d\b/gu)) found.add(Number(year) - firstYear);
  for (const [time] of text.matchAll(/\b7[23]\d{11}\b/gu))
    found.add(new Date(Number(time)).getUTCFullYear() - firstYear);
  findTokens(text, found);
  findAscii(text, found);
  for (const [encoded] of text.matchAll(/[A-Za-z0-9+/_-]{6,}/gu)) {
    findAscii(Buffer.from(encoded, "base64").toString("latin1"), found);
    findAscii(Buffer.from(encoded, "hex").toString("latin1"), found);
  }
  return found;
}

function findAscii(text: string, found: Set<number>): void {
  for (const [, letter = ""] of text.matchAll(/zq([a-p])vx/giu))
    found.add(letters.indexOf(letter.toLowerCase()));
}

function shown(values: readonly unknown[]): string {
  try {
    return JSON.stringify(values, (_key, value: unknown) =>
      typeof value === "bigint"
        ? String(value)
        : value instanceof Map || value instanceof Set
          ? [...value]
          : value,
    );
  } catch {
    return values.map(String).join(" ");
  }
}
