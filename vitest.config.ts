import { defineConfig } from "vitest/config";

const heavy = "test/heavy/**/*.test.ts";
const isHeavy = process.env.HEAVY === "1";

export default defineConfig({
  test: {
    include: isHeavy ? [heavy] : ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/packages/**", ...(isHeavy ? [] : [heavy])],
    reporters: ["default", "./test/support/count-reporter.ts"],
    // Files run side by side on every core; the default leaves one idle, which is half of a small machine.
    maxWorkers: "100%",
    // Files of a worker share what they import: the compiler is loaded once, not once a file. No test changes a module.
    isolate: false,
    // Each program is analysed several times and forgotten: with the default, an eighth of the time goes into collecting.
    execArgv: ["--max-semi-space-size=64"],
    testTimeout: isHeavy ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
  },
});
