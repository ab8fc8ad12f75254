/** `npm run generate`: writes what is made from something else. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./generated-files.js";

const root = process.cwd();
let isIndexChanged = false;
for (const [path, text] of generatedFiles(root)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (path.endsWith(".ts")) isIndexChanged = true;
}
// The table of rules is made from the indexes, which this process has loaded as they were.
if (isIndexChanged) {
  const again = spawnSync(process.execPath, ["scripts/run-ts.mjs", "src/dev/generate.ts"], {
    stdio: "inherit",
  });
  process.exitCode = again.status ?? 1;
}
