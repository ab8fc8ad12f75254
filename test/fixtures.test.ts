/** Every fixture through the engine, the audit and ESLint: the markers hold, and all three agree. */
import { describe, expect, test } from "vitest";
import { checkProgram } from "./support/check-program.js";
import { findApps, findPrograms } from "./support/programs.js";

describe("fixtures", () => {
  test.for([...findPrograms(process.env.FIXTURES), ...findApps(process.env.FIXTURES)])("$name", (program) => {
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
});
