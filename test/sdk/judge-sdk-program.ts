/** Compares what a program says of itself with what left, and with what the engine finds. */
import type { ReportFinding } from "../../src/audit.js";
import type { Arrival, SdkOutcome } from "./running/job.js";
import type { SdkProgram, SdkRun } from "./sdk-program.js";

/** Of the child's values, the one that nobody marked. */
const unmarked = "school";

/** What does not fit, in a line each. */
export function judgeSdkProgram(
  program: SdkProgram,
  outcome: SdkOutcome,
  findings: readonly ReportFinding[],
): string[] {
  const runs = program.runs.flatMap((run) => judgeRun(program, run, outcome));
  return [...runs, ...compare("engine", saidOf(program), foundIn(findings))];
}

function judgeRun({ name }: SdkProgram, run: SdkRun, { arrivals, errors }: SdkOutcome): string[] {
  const own = arrivals.filter(
    (each) => each.program === name && each.run === run.name && each.field !== unmarked,
  );
  const said = run.sendings.flatMap(({ fields }) => fields);
  const faults = [
    ...compare(
      `${run.name}: sent`,
      said,
      own.map(({ field }) => field),
    ),
    ...run.sendings.flatMap(({ recipient, fields }) =>
      fields
        .filter((field) => !isSentTo(recipient, field, own))
        .map((field) => `${run.name}: ${field} is not sent to ${recipient}`),
    ),
  ];
  if (faults.length === 0) return [];
  const thrown = [errors[`${name}: ${run.name}`], errors[name]].filter((each) => each !== undefined);
  return [...faults, ...thrown.map((each) => `${run.name}: ${each}`)];
}

/** A recipient that is a host is the one of the request; a company's hosts are judged by the catalogue. */
function isSentTo(recipient: string, field: string, own: readonly Arrival[]): boolean {
  return !isHost(recipient) || own.some((each) => each.field === field && hostOf(each.request) === recipient);
}

/** The hosts of requests that carry what is sent to a company, by the program's word. */
export function recipientsByHost(
  { name, runs }: SdkProgram,
  { arrivals }: SdkOutcome,
): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const { name: run, sendings } of runs)
    for (const { recipient, fields } of sendings.filter(({ verdict }) => verdict === "proven"))
      for (const each of arrivals)
        if (each.program === name && each.run === run && fields.includes(each.field) && !isHost(recipient))
          hosts.set(hostOf(each.request), recipient);
  // An agent that hands on what it gets is no address of the company's.
  hosts.delete("127.0.0.1");
  return hosts;
}

function isHost(recipient: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)+$/u.test(recipient);
}

function hostOf(request: string): string {
  return /^\S+ ([^/]+)/u.exec(request)?.[1] ?? "";
}

function saidOf({ runs }: SdkProgram): string[] {
  return runs.flatMap(({ sendings }) =>
    sendings.flatMap(({ line, recipient, fields, verdict }) =>
      verdict === "not found"
        ? []
        : fields.map((field) => describe(line, recipient, `Child.${field}`, verdict)),
    ),
  );
}

function foundIn(findings: readonly ReportFinding[]): string[] {
  return findings.map(({ location, sink, field, verdict }) =>
    describe(location.line, sink?.recipient ?? sink?.target ?? "?", field?.name ?? "?", verdict),
  );
}

function describe(line: number, recipient: string, field: string, verdict: string): string {
  return `line ${String(line)}: ${field} to ${recipient}${verdict === "possible" ? " (possible)" : ""}`;
}

function compare(what: string, said: readonly string[], found: readonly string[]): string[] {
  return [
    ...said.filter((each) => !found.includes(each)).map((each) => `${what}: ${each} is missing`),
    ...new Set(found.filter((each) => !said.includes(each)).map((each) => `${what}: ${each} is not said`)),
  ];
}
