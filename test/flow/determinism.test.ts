import { expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import { fixtureDay } from "../support/check-program.js";
import { findPrograms, setUp } from "../support/programs.js";

/** Programs of several files, in which much depends on the order of work. */
const programs = findPrograms("require-encryption")
  .filter(({ name }) => !name.endsWith(".ts"))
  .slice(0, 12);

/** The time that it took is the only thing that may differ. */
function withoutTime(report: ReturnType<typeof audit>["report"]): string {
  return JSON.stringify({ ...report, stats: { ...report.stats, milliseconds: 0 } });
}

test("the same tree gives the same report, whatever was analysed before", () => {
  expect(programs.length).toBeGreaterThan(6);
  const worlds = programs.map((program) => setUp(program));
  try {
    const reports = (order: typeof worlds): Map<string, string> =>
      new Map(
        order.map(({ root }) => [root, withoutTime(audit({ folder: root, today: fixtureDay }).report)]),
      );
    const first = reports(worlds);
    const second = reports([...worlds].reverse());
    for (const { root } of worlds) expect(second.get(root)).toBe(first.get(root));
  } finally {
    for (const { dispose } of worlds) dispose();
  }
});
