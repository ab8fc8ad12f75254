import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line: `N passed, N failed`, and what was skipped. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    // A file that cannot be loaded, or an error outside of every test, is a failure too.
    let failed = unhandled.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else skipped++;
      }
    }
    const rest = skipped > 0 ? `, ${String(skipped)} skipped` : "";
    process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed${rest}\n`);
  }
}
