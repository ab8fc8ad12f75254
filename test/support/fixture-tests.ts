/** The tests of fixtures: markers hold, and the engine, the audit and ESLint agree. */
import { expect, test } from "vitest";
import { checkProgram } from "./check-program.js";
import type { FixtureProgram } from "./programs.js";

/** One test for each program, by its name. */
export function testPrograms(programs: readonly FixtureProgram[]): void {
  if (programs.length === 0) test.skip("none is asked for");
  test.for([...programs])("$name", (program) => {
    const { missing, extra, mended, disagreements } = checkProgram(program);
    expect.soft(missing, "missing").toEqual([]);
    expect.soft(extra, "extra").toEqual([]);
    expect
      .soft(
        mended,
        "known misses that are found now (make them expectations) and known false alarms that are gone",
      )
      .toEqual([]);
    expect(disagreements, "faces disagree").toEqual([]);
  });
}
