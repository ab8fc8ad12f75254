import type { AppProgram } from "./app-programs.js";
import { compileApp, type CompiledApp } from "./compile-app.js";
import { judgeApp, type AppVerdict } from "./judge-app.js";
import { runApps } from "./run-apps.js";
import type { AppOutcome } from "./running/job.js";

export interface ExaminedApp {
  readonly app: AppProgram;
  readonly compiled: CompiledApp;
  readonly outcome: AppOutcome | string;
  readonly verdict: AppVerdict;
}

/** Compiles, runs and judges apps. */
export async function examineApps(apps: readonly AppProgram[]): Promise<ExaminedApp[]> {
  const compiled = apps.map(compileApp);
  const outcomes = await runApps(compiled.map(({ job }) => job));
  return apps.map((app, index) => {
    const outcome = outcomes[index] ?? "was not run";
    const one = compiled[index]!;
    return { app, compiled: one, outcome, verdict: judgeApp(app, one, outcome) };
  });
}
