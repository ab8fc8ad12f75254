/** What an app's markers say against what it did. */
import { readMarkers, type Expectation } from "../support/markers.js";
import type { AppProgram } from "./app-programs.js";
import type { CompiledApp } from "./compile-app.js";
import type { AppOutcome, Happened, Run } from "./running/job.js";

const rule = "require-guardian-consent";
/** What a list brings has no name. */
const anyName = "what is handed over";

export interface AppVerdict {
  /** Lines with what is wrong about them. */
  readonly faults: readonly string[];
  readonly marked: number;
  readonly guarded: number;
}

export function judgeApp(app: AppProgram, compiled: CompiledApp, outcome: AppOutcome | string): AppVerdict {
  const markers = [...app.files].flatMap(([file, text]) => {
    const { expected, misses } = readMarkers(file, text);
    // One without a field is about a guard, not about an operation.
    return [...expected, ...misses].filter((each) => each.rule === rule && each.field !== null);
  });
  const marked = new Map<string, Set<string>>();
  for (const { file, line, field } of markers) {
    const at = `${file}:${String(line)}`;
    marked.set(at, (marked.get(at) ?? new Set()).add(lastName(field)));
  }
  const counts = { marked: marked.size, guarded: compiled.operations.length - marked.size };
  if (typeof outcome === "string") return { ...counts, faults: [outcome] };
  const faults = [
    ...(app.isWholeApp ? vacuous(compiled, outcome) : []),
    ...astray(outcome),
    ...(app.notShown === null
      ? compare(app, compiled, marked, markers, [outcome.refused, outcome.unanswered])
      : []),
  ];
  return { ...counts, faults };
}

function compare(
  app: AppProgram,
  compiled: CompiledApp,
  marked: ReadonlyMap<string, ReadonlySet<string>>,
  markers: readonly Expectation[],
  runs: readonly Run[],
): string[] {
  const keys = keysOfTokens(app);
  const marks = new Set(markers.map(({ field }) => lastName(field)));
  const known = new Set(keys.values());
  const kept = new Map<string, Set<string>>();
  for (const { place, tokens } of runs.flatMap(({ operations }) => firstOnes(operations, marks))) {
    const at = place === null ? "nowhere in the program" : `${place.file}:${String(compiled.lineOf(place))}`;
    const names = kept.get(at) ?? new Set();
    for (const token of tokens) names.add(heldColumn(token) ?? keys.get(token) ?? anyName);
    kept.set(at, names);
  }
  return [
    ...[...kept].flatMap(([at, names]) =>
      [...names]
        .filter((name) => (name === anyName ? !marked.has(at) : marked.get(at)?.has(name) !== true))
        .map((name) => `${at} ${name} is kept without consent, and no marker says so`),
    ),
    ...markers
      .map(({ file, line, field }) => ({ at: `${file}:${String(line)}`, name: lastName(field) }))
      .filter(({ at, name }) => {
        const names = kept.get(at);
        return names === undefined || (known.has(name) && !names.has(name) && !names.has(anyName));
      })
      .map(({ at, name }) => `${at} ${name} is marked, and was not kept without consent`),
  ];
}

/** Of a piece of data that is kept twice on one way, or handed on twice, the first time counts. */
function firstOnes(operations: readonly Happened[], marks: ReadonlySet<string>): Happened[] {
  const seen = new Set<string>();
  return operations.flatMap((each) => {
    const tokens = each.tokens.filter((token) => {
      // A copy of what is held is no collection, and other columns are not child data.
      const column = heldColumn(token);
      if (column !== null && (each.kind !== "hands on" || !marks.has(column))) return false;
      return !seen.has(each.kind + token);
    });
    for (const token of tokens) seen.add(each.kind + token);
    return tokens.length === 0 ? [] : [{ ...each, tokens }];
  });
}

function heldColumn(token: string): string | null {
  return /^HELD(\w+?)r\d+$/u.exec(token)?.[1] ?? null;
}

/** The names under which the requests bring the tokens: `email` of `{"email":"TOKEN1"}`, of `--email TOKEN1`. */
function keysOfTokens({ requests }: AppProgram): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [index, { body, text }] of requests.entries()) {
    const note = (key: string, value: string): void => {
      for (const token of value.match(/TOKEN\d+/gu) ?? []) keys.set(`${token}r${String(index)}`, key);
    };
    for (const [, key = "", token = ""] of text.matchAll(/--(\w+)[ =](\S+)/gu)) note(key, token);
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value))
        if (typeof inner !== "string") visit(inner);
        else if (!Array.isArray(value)) note(key, inner);
    };
    visit(body);
  }
  return keys;
}

function lastName(field: string | null): string {
  return field?.split(".").at(-1) ?? "";
}

/** Operations that no request reaches, whatever the guardians say, would prove nothing. */
function vacuous(compiled: CompiledApp, outcome: AppOutcome): string[] {
  const reached = new Set(
    Object.values(outcome)
      .flatMap(({ operations }) => operations)
      .map(({ place }) => (place === null ? "" : `${place.file}:${String(compiled.lineOf(place))}`)),
  );
  return compiled.operations.filter((at) => !reached.has(at)).map((at) => `${at} is reached by no request`);
}

/** Requests that find no route are mistakes in the program's header. */
function astray({ granted }: AppOutcome): string[] {
  return granted.answers.flatMap((answer, index) =>
    answer === "404" ? [`request ${String(index + 1)} finds no route`] : [],
  );
}
