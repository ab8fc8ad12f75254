/** `npm run oracle -- --runs 20000 --seed 1 --shrink`: exits with 1 if a flow was missed. */
import { parseArgs } from "node:util";
import { gadgets } from "./gadgets/index.js";
import { describeFlaw, flawsOf, shrinkFlaw, type Flaw } from "./flaws.js";
import { examine } from "./examine.js";
import { generate } from "./generate.js";
import { describeSweep, sweep } from "./sweep.js";
import { Tally } from "./tally.js";
import { writeProgram } from "./write-program.js";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    batch: { type: "string", default: "100" },
    shrink: { type: "boolean", default: false },
    /** What to show: miss, false-proven, false-possible, possible-only, stray, timeout. */
    kinds: { type: "string", default: "miss" },
    limit: { type: "string", default: "10" },
    /** Gadgets to leave out, separated by commas. */
    without: { type: "string", default: "" },
    /** Each gadget alone, in this many variants. */
    sweep: { type: "string" },
    features: { type: "boolean", default: false },
  },
});

if (values.sweep !== undefined) {
  const found = await sweep(Number(values.seed), Number(values.sweep));
  process.stdout.write(describeSweep(found));
  process.exit(found.size > 0 ? 1 : 0);
}

const tally = new Tally();
const flaws: Flaw[] = [];
const recipes = generate(Number(values.seed), Number(values.runs), values.without.split(","));
const batch = Number(values.batch);
for (let start = 0; start < recipes.length; start += batch) {
  const part = recipes.slice(start, start + batch);
  const examined = await examine(part.map((one) => writeProgram(one)));
  examined.forEach((one, index) => {
    tally.add(one);
    const recipe = part[index];
    if (recipe !== undefined) flaws.push(...flawsOf(one, recipe));
  });
  process.stderr.write(`${String(Math.min(start + batch, recipes.length))} ${tally.line()}\n`);
}
const shown = flaws
  .filter((flaw) => values.kinds.split(",").includes(flaw.kind))
  .slice(0, Number(values.limit));
for (const flaw of shown) {
  const smallest = values.shrink ? await shrinkFlaw(flaw) : flaw;
  process.stdout.write(`${describeFlaw(smallest)}\n`);
}
if (values.features) process.stdout.write(`${tally.gadgetCounts(gadgets.map((gadget) => gadget.name))}\n`);
process.stdout.write(`${tally.covered()}\n`);
process.stdout.write(`${tally.line()}\n`);
process.exitCode = tally.misses > 0 ? 1 : 0;
