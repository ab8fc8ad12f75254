/** What a fixture's markers say against what happened when it ran. */
import { describeExpectation, readMarkers, type Expectation } from "../support/markers.js";
import { lineOfCall } from "../support/line-of-call.js";
import { mostTokens } from "../oracle/execution/tokens.js";
import type { Arrival, FixtureOutcome } from "./plan.js";
import type { Prepared } from "./prepare.js";

export interface Verdict {
  /** Marked lines where the data never arrived. */
  readonly absent: readonly string[];
  /** Lines of logs and files where it arrived and no marker is. */
  readonly unmarked: readonly string[];
  /** Lines that are said to be false alarms, and where it arrives. */
  readonly notFalse: readonly string[];
  /** Marked lines that were compared. */
  readonly proved: number;
}

interface Happened {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly sink: Arrival["sink"];
}

const logs = "no-child-data-in-logs";
const stores = "require-encryption";

export function judge(
  prepared: Prepared,
  texts: ReadonlyMap<string, string>,
  outcome: FixtureOutcome,
): Verdict {
  const markers = [...texts].map(([file, text]) => readMarkers(file, text));
  const happened = outcome.arrivals.flatMap((arrival) => happenedAt(prepared, arrival));
  const hopedFor = [
    ...markers.flatMap((each) => each.expected),
    ...markers.flatMap((each) => each.misses),
  ].filter(
    (each) =>
      each.verdict === "proven" && isFlow(each) && isTold(prepared, each) && !isSealed(prepared, each),
  );
  const misses = markers.flatMap((each) => each.misses);
  const known = markers.flatMap((each) => [...each.expected, ...each.misses]);
  return {
    absent: hopedFor.filter((each) => !happened.some((one) => isAt(one, each))).map(describeExpectation),
    unmarked: [
      ...new Set(
        happened
          .filter((one) => !isSilenced(texts.get(one.file), one.line))
          .filter((one) => one.sink !== "package" && !known.some((each) => isAt(one, each)))
          .map((one) => `${one.file}:${String(one.line)} ${one.field} arrives in a ${one.sink}`),
      ),
    ],
    notFalse: markers
      .flatMap((each) => each.inventions)
      // What arrives but is only assumed is marked as both, an invention as possible and a miss.
      .filter((each) => isFlow(each) && !misses.some((one) => isSamePlace(one, each)))
      // A file may be a log: then it is no store.
      .filter(
        (each) =>
          !known.some((one) => one.file === each.file && one.line === each.line && one.field === each.field),
      )
      .filter((each) => happened.some((one) => one.sink !== "package" && isAt(one, each)))
      .map(describeExpectation),
    proved: hopedFor.length,
  };
}

/** A comment that takes a finding back, on the line or above it. */
function isSilenced(text: string | undefined, line: number): boolean {
  const [before = "", at = ""] = (text ?? "").split("\n").slice(Math.max(0, line - 2), line);
  return /eslint-disable|child-privacy[-:]/u.test(before + at);
}

function isFlow({ rule, field }: Expectation): boolean {
  return field !== null && (rule === logs || rule === stores);
}

function isTold({ fields, told }: Prepared, { field }: Expectation): boolean {
  const token = fields.indexOf(field ?? "");
  return token < mostTokens && told.has(token);
}

function isSamePlace(a: Expectation, b: Expectation): boolean {
  return a.file === b.file && a.line === b.line && a.rule === b.rule && a.field === b.field;
}

/** What was weakly protected is reported, but nobody can see it in what arrives. */
function isSealed({ packages, sources }: Prepared, { rule }: Expectation): boolean {
  if (rule !== stores) return false;
  const isWebCrypto = [...sources.values()].some(({ text }) => text.includes("crypto.subtle"));
  return isWebCrypto || packages.some((name) => /^(?:node:)?(?:crypto|zlib)$|^bcrypt/u.test(name));
}

/** A file may be a log or a store; what a package does with data is for its model to say. */
function isAt(one: Happened, { file, line, rule, field }: Expectation): boolean {
  if (one.file !== file || one.line !== line || one.field !== field) return false;
  return one.sink !== "log" || rule === logs;
}

function happenedAt({ fields, sources }: Prepared, { file, line, column, token, sink }: Arrival): Happened[] {
  const field = fields[token];
  const source = sources.get(file);
  if (field === undefined || source === undefined) return [];
  return [{ file, line: column === null ? line : lineOfCall(source, line, column), field, sink }];
}
