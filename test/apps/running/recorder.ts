/** Notes what the program under test does to the world, and where. */
import type { Answer, Happened, OperationKind } from "./job.js";

export const programScheme = "program:///";

let operations: Happened[] = [];
let pending = 0;
let answer: Answer = "refused";
let current = 0;

/** What the guardians of this run have said. */
export function guardiansSay(): Answer {
  return answer;
}

export function isGranted(): boolean {
  return answer === "granted";
}

export function beginRun(given: Answer): void {
  answer = given;
  operations = [];
}

export function beginRequest(index: number): void {
  current = index;
}

/** What a column of a table holds during a request. */
export function heldValue(column: string): string {
  return `HELD${column}r${String(current)}`;
}

export function recordedOperations(): readonly Happened[] {
  return operations;
}

export function record(what: string, kind: OperationKind, ...written: readonly unknown[]): void {
  const text = written.map(asText).join("\n");
  operations.push({
    what,
    kind,
    place: placeInProgram(),
    tokens: [...new Set(text.match(/(?:TOKEN\d+|HELD\w+?)r\d+/gu) ?? [])],
  });
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Buffer.isBuffer(value)) return value.toString("utf8");
  if (value instanceof URLSearchParams || value instanceof URL) return value.toString();
  if (value instanceof FormData) return JSON.stringify([...value.entries()]);
  return value === undefined ? "" : JSON.stringify(value);
}

/** What an outside service answers comes later, as it would from a network: later than what goes on in the process. */
export async function later<T>(answer: () => T): Promise<T> {
  pending += 1;
  try {
    await new Promise((resolve) => setTimeout(resolve, 4));
    return answer();
  } finally {
    pending -= 1;
  }
}

/** When nothing is under way any more, also what nobody waits for. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet = pending === 0 ? quiet + 1 : 0)
    await new Promise((resolve) => setTimeout(resolve, 4));
}

function placeInProgram(): Happened["place"] {
  const limit = Error.stackTraceLimit;
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = (_error, frames) => frames;
  Error.stackTraceLimit = 60;
  const frames = new Error().stack as unknown as readonly NodeJS.CallSite[];
  delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  if (prepare !== undefined) Object.defineProperty(Error, "prepareStackTrace", prepare);
  Error.stackTraceLimit = limit;
  for (const frame of frames) {
    const file = frame.getFileName();
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
    if (file?.startsWith(programScheme) !== true || line === null || column === null) continue;
    return { file: file.slice(programScheme.length), line, column: column - 1 };
  }
  return null;
}
