// `npm run bench -- FOLDER [--config FILE] [--project TSCONFIG] [--runs N]`: a cold audit against `tsc --noEmit`,
// interleaved, medians, with the phases of the audit. FOLDER may be the checkout of a real application; where it has
// no tsconfig for all of its code, `--project` names one for the type check.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: "string" },
    project: { type: "string" },
    runs: { type: "string", default: "7" },
  },
});
const example = fileURLToPath(new URL("../../examples/after-school-club", import.meta.url));
const folder = resolve(positionals[0] ?? example);
const cli = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
const scratch = mkdtempSync(join(tmpdir(), "child-privacy-bench-"));
const used = join(scratch, "used.json");
const hook = join(scratch, "hook.mjs");
writeFileSync(
  hook,
  `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.resourceUsage())));\n`,
);

const contestants = {
  audit: [
    cli,
    "audit",
    folder,
    "--format",
    "json",
    "--timings",
    ...(values.config ? ["--config", resolve(values.config)] : []),
  ],
  tsc: [tsc, "--noEmit", "-p", resolve(values.project ?? folder), "--incremental", "false"],
};
const taken = { audit: [], tsc: [] };

/**
 * Runs one contestant: seconds of the clock, seconds of processor time (which other work on the machine moves less),
 * megabytes of resident memory at most.
 */
function run(words) {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", pathToFileURL(hook).href, ...words], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  const { maxRSS, userCPUTime } = JSON.parse(readFileSync(used, "utf8"));
  return { seconds, processor: userCPUTime / 1e6, megabytes: maxRSS / 1024, stdout, stderr };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The phases of a run by name, in milliseconds, from what `--timings` prints. */
function phasesOf(stderr) {
  return Object.fromEntries(
    [...stderr.matchAll(/^(\w+) +(\d+) ms/gmu)].map(([, name, milliseconds]) => [name, Number(milliseconds)]),
  );
}

let stats = null;
const phases = [];
try {
  for (let round = 0; round < Number(values.runs); round++) {
    for (const [name, words] of Object.entries(contestants)) {
      const { stdout, stderr, ...figures } = run(words);
      taken[name].push(figures);
      if (name !== "audit") continue;
      ({ stats } = JSON.parse(stdout));
      phases.push(phasesOf(stderr));
    }
  }
} finally {
  rmSync(scratch, { recursive: true });
}
const of = (name, key) => median(taken[name].map((each) => each[key]));
console.log(
  `${String(stats?.files ?? 0)} files, ${String(stats?.lines ?? 0)} lines, ${values.runs} runs, medians`,
);
for (const name of Object.keys(contestants))
  console.log(
    `${name.padEnd(6)} ${of(name, "seconds").toFixed(2)} s  ${of(name, "processor").toFixed(2)} s of processor time  ${of(name, "megabytes").toFixed(0)} MB`,
  );
for (const key of ["seconds", "processor", "megabytes"])
  console.log(`ratio of ${key}: ${(of("audit", key) / of("tsc", key)).toFixed(2)}`);
for (const name of Object.keys(phases[0] ?? {}))
  console.log(`${name.padEnd(10)} ${median(phases.map((each) => each[name] ?? 0)).toFixed(0)} ms`);
