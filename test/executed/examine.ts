/** Prepares fixtures, runs them, and judges their markers. */
import { readFileSync } from "node:fs";
import type { FixtureProgram } from "../support/programs.js";
import { judge, type Verdict } from "./judge.js";
import { notShown } from "./not-shown.js";
import type { FixtureOutcome } from "./plan.js";
import { prepare, type Prepared } from "./prepare.js";
import { runFixtures } from "./run-fixtures.js";
import { knownModules, withoutPrefix } from "./running/known-modules.js";

export interface Examined {
  readonly program: FixtureProgram;
  /** Null where it did not end in time. */
  readonly outcome: FixtureOutcome | null;
  readonly verdict: Verdict;
  /** Packages for which a stub stands. */
  readonly packages: readonly string[];
  readonly needsPackages: boolean;
  /** Nothing is different from what the markers say. */
  readonly isRight: boolean;
}

const nothing: Verdict = { absent: [], unmarked: [], notFalse: [], proved: 0 };

export async function examineFixtures(programs: readonly FixtureProgram[]): Promise<Examined[]> {
  const prepared = prepare(programs);
  const outcomes = await runFixtures(
    prepared.map((one) => (isHopeless(one) ? { ...one.job, inputs: fewInputs } : one.job)),
  );
  return programs.map((program, index) => {
    const one = prepared[index];
    const outcome = outcomes[index] ?? null;
    const verdict = one === undefined || outcome === null ? nothing : judge(one, textsOf(one), outcome);
    const packages = one === undefined ? [] : stubbed(one);
    const differences = [verdict.absent, verdict.unmarked, verdict.notFalse].flat();
    return {
      program,
      outcome,
      verdict,
      packages,
      needsPackages: packages.length > 0,
      isRight: outcome !== null && differences.length === 0,
    };
  });
}

/** Inputs for what will hardly show all that is marked, however many it gets. */
const fewInputs = 24;

function isHopeless(one: Prepared): boolean {
  return one.job.name in notShown || stubbed(one).length > 0;
}

/** Packages for which a stub stands. */
function stubbed({ packages }: Prepared): string[] {
  return packages.filter((name) => !knownModules.includes(withoutPrefix(name)));
}

function textsOf({ files }: Prepared): Map<string, string> {
  return new Map([...files].map(([path, absolute]) => [path, readFileSync(absolute, "utf8")]));
}
