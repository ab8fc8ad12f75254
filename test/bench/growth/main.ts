/**
 * `npm run bench:growth [-- WORDS] [--runs N] [--largest N]`: how processor time and memory grow with one thing at a
 * time. Each size runs in a process of its own, the fastest of the runs counts; the exponent is the slope through the three
 * largest sizes (1: linear, 0: flat). Exits with 1 if a finding is missing or invented, or a run does not end well.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { shapes } from "./shapes/index.js";
import type { Measurement } from "./measure.js";
import type { Shape } from "./shape.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    /** Leaves out larger sizes. */
    largest: { type: "string" },
    /** Says which findings are missing or extra, and the blind spots. */
    details: { type: "boolean", default: false },
  },
});
const starter = fileURLToPath(new URL("../../../scripts/run-ts.mjs", import.meta.url));
const measure = fileURLToPath(new URL("measure.ts", import.meta.url));
/** Beyond this a run counts as endless. */
const longest = 300_000;
/** Times below this say nothing about growth. */
const leastMilliseconds = 25;

interface Row {
  readonly size: number;
  readonly best: Measurement | null;
}

const wanted: readonly Shape[] = shapes.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
console.log(
  "| shape | unit | sizes | lower ms | solve ms | all ms | MB more | growth of lower / solve / all | findings |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
process.exitCode = 0;
for (const shape of wanted) console.log(line(shape, rowsOf(shape)));

function rowsOf(shape: Shape): Row[] {
  const sizes = shape.sizes.filter((size) => values.largest === undefined || size <= Number(values.largest));
  return sizes.map((size) => {
    const runs = Array.from({ length: Number(values.runs) }, () => measured(shape, size));
    const good = runs.filter((run) => run !== null);
    good.sort((a, b) => total(a) - total(b));
    return { size, best: good.length < runs.length ? null : (good[0] ?? null) };
  });
}

function measured(shape: Shape, size: number): Measurement | null {
  const words = ["--expose-gc", starter, measure, shape.name, String(size)];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    timeout: longest,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return JSON.parse(stdout) as Measurement;
  console.error(`${shape.name} ${String(size)}: ${stderr === "" ? "did not end" : stderr.slice(0, 2000)}`);
  return null;
}

function total({ milliseconds }: Measurement): number {
  return Object.values(milliseconds).reduce((sum, each) => sum + each, 0);
}

function line(shape: Shape, rows: readonly Row[]): string {
  const each = (value: (measurement: Measurement) => number): string =>
    rows.map(({ best }) => (best === null ? "–" : value(best).toFixed(0))).join(" ");
  const growth = (value: (measurement: Measurement) => number): string =>
    exponent(rows.map(({ size, best }) => [size, best === null ? 0 : value(best)])) ?? "–";
  const lower = (one: Measurement): number => one.milliseconds.lower ?? 0;
  const solve = (one: Measurement): number => one.milliseconds.solve ?? 0;
  return `| ${[
    shape.name,
    shape.unit,
    rows.map(({ size }) => String(size)).join(" "),
    each(lower),
    each(solve),
    each(total),
    each(({ megabytes }) => megabytes),
    [lower, solve, total].map(growth).join(" / "),
    verdict(shape, rows),
  ].join(" | ")} |`;
}

/** The slope of the logarithms through the three largest sizes, by least squares. */
function exponent(points: readonly (readonly [number, number])[]): string | null {
  const last = points.slice(-3).map(([size, time]) => [Math.log(size), Math.log(time)] as const);
  if (last.length < 3 || points.slice(-1).some(([, time]) => time < leastMilliseconds)) return null;
  if (last.some(([, time]) => !Number.isFinite(time))) return null;
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const x = mean(last.map(([size]) => size));
  const y = mean(last.map(([, time]) => time));
  const above = last.reduce((sum, [size, time]) => sum + (size - x) * (time - y), 0);
  const below = last.reduce((sum, [size]) => sum + (size - x) ** 2, 0);
  return (above / below).toFixed(2);
}

function verdict(shape: Shape, rows: readonly Row[]): string {
  const words = rows.flatMap(({ size, best }) => {
    if (best === null) return [`${String(size)}: no result`];
    const { missing, extra, blindSpots } = best;
    if (values.details)
      for (const [kind, list] of Object.entries({ missing, extra, blindSpots }))
        for (const one of list.slice(0, 5)) console.error(`${shape.name} ${String(size)} ${kind}: ${one}`);
    const isTold = blindSpots.some((spot) => spot.includes("budget"));
    if (extra.length === 0 && missing.length === 0) return isTold ? [`${String(size)}: told cut`] : [];
    return [
      `${String(size)}: ${String(missing.length)} missing${isTold ? " (told)" : ""}, ${String(extra.length)} extra`,
    ];
  });
  if (words.some((word) => /no result|missing, |[1-9]\d* extra/u.test(word))) process.exitCode = 1;
  return words.length === 0 ? "right" : words.join("; ");
}
