// `npm run test:heavy`: the tests that are too heavy for every push.
import { spawnSync } from "node:child_process";

const { status } = spawnSync("npx", ["vitest", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, HEAVY: "1" },
  shell: process.platform === "win32",
});
process.exitCode = status ?? 1;
