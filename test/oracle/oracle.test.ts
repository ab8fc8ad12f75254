/** Five hundred generated programs are run, and the engine's findings compared with what happened. */
import { expect, test } from "vitest";
import { examine } from "./examine.js";
import { describeFlaw, flawsOf, shrinkFlaw } from "./flaws.js";
import { generate } from "./generate.js";
import { Tally } from "./tally.js";
import { writeProgram } from "./write-program.js";

const programs = 500;
const seed = 1;
const batch = 100;

test("no flow is missed, and few are invented", { timeout: 600_000 }, async () => {
  const tally = new Tally();
  const missed: string[] = [];
  const recipes = generate(seed, programs);
  for (let start = 0; start < recipes.length; start += batch) {
    const part = recipes.slice(start, start + batch);
    for (const [index, examined] of (await examine(part.map(writeProgram))).entries()) {
      tally.add(examined);
      const recipe = part[index];
      const miss = recipe === undefined ? undefined : flawsOf(examined, recipe).find(isMiss);
      if (miss !== undefined) missed.push(describeFlaw(missed.length < 3 ? await shrinkFlaw(miss) : miss));
    }
  }
  process.stdout.write(`${tally.covered()}\n${tally.line()}\n`);
  expect(missed.join("\n")).toBe("");
  expect(tally.faults).toBe(0);
  expect(tally.uncovered).toEqual([]);
  expect(tally.precision).toBeGreaterThanOrEqual(0.985);
});

function isMiss({ kind }: { readonly kind: string }): boolean {
  return kind === "miss";
}
