/**
 * One measurement in a process of its own: `measure.ts SHAPE SIZE`. The smallest size runs first, so that code is warm
 * and the library is parsed; then the asked size is timed, and what it found is compared with its markers.
 */
import { performance } from "node:perf_hooks";
import { audit, type Audit } from "../../../src/audit.js";
import { describeExpectation, readMarkers } from "../../support/markers.js";
import { withFolder } from "../../support/run-code.js";
import { shapes } from "./shapes/index.js";
import { tsconfig, type Files, type Shape } from "./shape.js";

export interface Measurement {
  /** Of the processor, by phase. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** What the process held at most, above what the run of the smallest size had taken. */
  readonly megabytes: number;
  readonly lines: number;
  readonly found: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly blindSpots: readonly string[];
}

// Phases are timed by this clock: the processor time of the process, which other work on the machine hardly changes.
performance.now = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const [name, size] = process.argv.slice(2);
const shape = shapes.find((each) => each.name === name);
if (shape === undefined || size === undefined) throw new Error("measure.ts SHAPE SIZE");
const [smallest = 1] = shape.sizes;
let before = 0;
run(shape, smallest);
globalThis.gc?.();
before = process.resourceUsage().maxRSS;
process.stdout.write(`${JSON.stringify(run(shape, Number(size)))}\n`);

function run({ write }: Shape, count: number): Measurement {
  const files: Files = { "tsconfig.json": tsconfig, ...write(count) };
  const { analysis, report } = withFolder(files, (folder): Audit => audit({ folder, today: "2026-11-24" }));
  const found = new Set(
    report.findings.map(({ location, rule, field, verdict }) =>
      describeExpectation({
        file: location.file,
        line: location.line,
        rule,
        field: field?.name ?? null,
        verdict,
      }),
    ),
  );
  const expected = new Set(
    Object.entries(files).flatMap(([file, text]) =>
      readMarkers(file, text).expected.map(describeExpectation),
    ),
  );
  return {
    milliseconds: analysis.milliseconds,
    megabytes: (process.resourceUsage().maxRSS - before) / 1024,
    lines: Object.values(files).reduce((sum, text) => sum + text.split("\n").length - 1, 0),
    found: found.size,
    missing: [...expected].filter((each) => !found.has(each)),
    extra: [...found].filter((each) => !expected.has(each)),
    blindSpots: report.blindSpots.map(
      ({ location, kind, note }) => `${location.file}:${String(location.line)} ${kind} ${note}`,
    ),
  };
}
