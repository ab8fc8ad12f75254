/** Analyses fixtures and generated programs with one rule of the engine switched off. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { rules } from "./rules.js";
import type { Answer, FixtureRun, Request } from "./trial.js";

const { analyse } = await import("../../src/engine.js");
const { renderGraph } = await import("../../src/lower/render-graph.js");
const { lowerText } = await import("../lower/support/lower-text.js");
const { analysed, examine } = await import("../oracle/examine.js");
const { compare } = await import("../oracle/compare.js");
const { generate } = await import("../oracle/generate.js");
const { writeProgram } = await import("../oracle/write-program.js");
const { fixtureDay } = await import("../support/check-program.js");
const { findPrograms, fixturesFolder, setUp } = await import("../support/programs.js");
type Examined = Awaited<ReturnType<typeof examine>>[number];

const fixtures = new Map(findPrograms().map((program) => [program.name, program]));
const found = new Map<string, string>();

/** The findings of a fixture, one a line. */
function findingsOf(name: string): string {
  const program = fixtures.get(name);
  if (program === undefined) return "";
  const { root, dispose } = setUp(program);
  try {
    const { findings } = analyse({ root, today: fixtureDay });
    const lines = findings.map(({ location, rule, verdict, ...rest }) => {
      const field = "field" in rest ? rest.field.name : "";
      return `${location.file}:${String(location.line)} ${rule} ${field} ${verdict}`;
    });
    return [...new Set(lines)].sort().join("\n");
  } finally {
    dispose();
  }
}

function runFixtures(): Answer {
  const runs: FixtureRun[] = [];
  for (const name of fixtures.keys()) {
    rules.used.clear();
    const start = performance.now();
    found.set(name, findingsOf(name));
    runs.push({ name, used: [...rules.used], milliseconds: performance.now() - start });
  }
  return { kind: "fixtures", rules: [...rules.known].sort(), runs };
}

function differenceInFixtures(names: readonly string[]): string | null {
  for (const name of names) {
    if (!found.has(name)) {
      const { off } = rules;
      rules.off = null;
      found.set(name, findingsOf(name));
      rules.off = off;
    }
    if (findingsOf(name) !== found.get(name)) return name;
  }
  return null;
}

const batches: Examined[][] = [];

/** Makes generated programs and runs them; in batches, so that a difference is found early. */
async function generatePrograms(): Promise<Answer> {
  const programs = generate(1, 500).map(writeProgram);
  for (let start = 0; start < programs.length; start += 50)
    batches.push(await examine(programs.slice(start, start + 50)));
  return { kind: "generated" };
}

/** A flow that is missed, or invented as proven, now that the rule is off. */
function differenceInBatch(batch: readonly Examined[]): string | null {
  const reported = analysed(batch.map(({ program }) => program));
  for (const [index, { program, outcome, comparison }] of batch.entries()) {
    if (outcome === null || comparison === null) continue;
    const now = compare(program, outcome, reported[index] ?? []);
    const proven = (one: typeof now): number =>
      one.invented.filter((flow) => flow.verdict === "proven").length;
    if (now.missed.length > comparison.missed.length || proven(now) > proven(comparison))
      return `a program with ${program.features.join(", ")}`;
  }
  return null;
}

const graphs = new Map<string, string>();

function graphsOf(file: string): string {
  return renderGraph(lowerText(readFileSync(join(fixturesFolder, "lower", file), "utf8"), file));
}

function differenceInGraphs(): string | null {
  const files = readdirSync(join(fixturesFolder, "lower")).filter((name) => /\.[cm]?[jt]sx?$/u.test(name));
  const { off } = rules;
  rules.off = null;
  for (const file of files) if (!graphs.has(file)) graphs.set(file, graphsOf(file));
  rules.off = off;
  return files.find((file) => graphsOf(file) !== graphs.get(file)) ?? null;
}

function differenceIn({ rule, by, fixtures: names }: Extract<Request, { kind: "try" }>): string | null {
  rules.off = rule;
  try {
    if (by === "fixtures") return differenceInFixtures(names);
    if (by === "graphs") return differenceInGraphs();
    for (const batch of batches) {
      const difference = differenceInBatch(batch);
      if (difference !== null) return difference;
    }
    return null;
  } catch (error) {
    return `fails: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rules.off = null;
  }
}

async function answer(request: Request): Promise<Answer> {
  switch (request.kind) {
    case "fixtures":
      return runFixtures();
    case "generate":
      return generatePrograms();
    case "try":
      return { kind: "tried", difference: differenceIn(request) };
  }
}

parentPort?.on("message", (request: Request) => {
  void answer(request).then((given) => {
    parentPort?.postMessage(given);
  });
});
