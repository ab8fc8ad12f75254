/**
 * Every fixture that can be run is run with marked values, two hundred inputs at most, and its markers are compared with
 * what happened. What cannot be shown by running is listed, and the list can only shrink.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { findPrograms } from "../support/programs.js";
import { examineFixtures, type Examined } from "./examine.js";
import { endless, largestShareBehindPackages, notShown } from "./not-shown.js";

let examined: readonly Examined[] = [];

beforeAll(async () => {
  examined = await examineFixtures(
    findPrograms(process.env.FIXTURES).filter(({ name }) => !endless.some((each) => name.startsWith(each))),
  );
}, 1_500_000);

const said = (of: (one: Examined) => readonly string[]): string[] =>
  examined.flatMap((one) =>
    one.program.name in notShown ? [] : of(one).map((line) => `${one.program.name}: ${line}`),
  );

describe("fixtures that are run", () => {
  test("end", () => {
    expect(said((one) => (one.outcome === null ? ["did not end"] : []))).toEqual([]);
  });

  test("data arrives where a line is marked as proven", () => {
    expect(said((one) => (one.needsPackages ? [] : one.verdict.absent))).toEqual([]);
  });

  test("data arrives in no log and no file where no line is marked", () => {
    expect(said((one) => (one.needsPackages ? [] : one.verdict.unmarked))).toEqual([]);
  });

  test("what is marked as a false alarm does not happen", () => {
    expect(said((one) => (one.needsPackages ? [] : one.verdict.notFalse))).toEqual([]);
  });

  test("those that cannot be shown are listed, and only they", () => {
    const behind = examined.flatMap((one) =>
      one.needsPackages && !(one.program.name in notShown)
        ? one.verdict.absent.map((line) => `${one.program.name}: ${line} (${one.packages.join(", ")})`)
        : [],
    );
    const proved = examined.reduce((sum, { verdict }) => sum + verdict.proved - verdict.absent.length, 0);
    process.stdout.write(
      [
        `fixtures run: ${String(examined.length)}, marked flows seen: ${String(proved)}`,
        `cannot be shown: ${String(Object.keys(notShown).length)} fixtures`,
        ...Object.entries(notShown).map(([name, why]) => `  ${name}: ${why}`),
        `behind packages: ${String(behind.length)} marked flows`,
        ...behind.map((line) => `  ${line}`),
      ].join("\n") + "\n",
    );
    const shown = examined
      .filter(({ program, isRight }) => program.name in notShown && isRight)
      .map(({ program }) => program.name);
    expect(shown, "shown now: take it off the list").toEqual([]);
    expect(behind.length).toBeLessThanOrEqual(largestShareBehindPackages * (proved + behind.length));
  });
});
