// `npm run bench -- FOLDER [--config FILE] [--runs N]`: a cold audit against `tsc --noEmit`, interleaved, medians.
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
  options: { config: { type: "string" }, runs: { type: "string", default: "7" } },
});
const example = fileURLToPath(new URL("../../examples/after-school-club", import.meta.url));
const folder = resolve(positionals[0] ?? example);
const cli = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
const scratch = mkdtempSync(join(tmpdir(), "child-privacy-bench-"));
const memory = join(scratch, "memory.txt");
const hook = join(scratch, "hook.mjs");
writeFileSync(
  hook,
  `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));\n`,
);

const contestants = {
  audit: [
    cli,
    "audit",
    folder,
    "--format",
    "json",
    ...(values.config ? ["--config", resolve(values.config)] : []),
  ],
  tsc: [tsc, "--noEmit", "-p", folder, "--incremental", "false"],
};
const taken = { audit: [], tsc: [] };

/** Runs one contestant: seconds of the clock, and megabytes of resident memory at most. */
function run(words) {
  const start = performance.now();
  const { stdout } = spawnSync(process.execPath, ["--import", pathToFileURL(hook).href, ...words], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  return { seconds, megabytes: Number(readFileSync(memory, "utf8")) / 1024, stdout };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

let stats = null;
try {
  for (let round = 0; round < Number(values.runs); round++) {
    for (const [name, words] of Object.entries(contestants)) {
      const { seconds, megabytes, stdout } = run(words);
      taken[name].push({ seconds, megabytes });
      if (name === "audit") stats = JSON.parse(stdout).stats;
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
    `${name.padEnd(6)} ${of(name, "seconds").toFixed(2)} s  ${of(name, "megabytes").toFixed(0)} MB`,
  );
for (const key of ["seconds", "megabytes"])
  console.log(`ratio of ${key}: ${(of("audit", key) / of("tsc", key)).toFixed(2)}`);
