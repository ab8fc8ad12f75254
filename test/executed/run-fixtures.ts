/** Runs prepared fixtures in a worker, with a limit on the time of each; a worker that one has spoilt is replaced. */
import { Worker } from "node:worker_threads";
import type { FixtureJob, FixtureOutcome } from "./plan.js";

const secondsEach = 30;

/** Null where a fixture did not end in time. */
export async function runFixtures(jobs: readonly FixtureJob[]): Promise<(FixtureOutcome | null)[]> {
  const outcomes: (FixtureOutcome | null)[] = [];
  let worker = start();
  for (const job of jobs) {
    const outcome = await ask(worker, job);
    outcomes.push(outcome);
    if (outcome?.leavesNothing === true) continue;
    await worker.terminate();
    worker = start();
  }
  await worker.terminate();
  return outcomes;
}

function start(): Worker {
  return new Worker(new URL("../oracle/run.mjs", import.meta.url), {
    workerData: { module: new URL("running/worker.ts", import.meta.url).href },
  });
}

function ask(worker: Worker, job: FixtureJob): Promise<FixtureOutcome | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle(null);
    }, secondsEach * 1000);
    const settle = (outcome: FixtureOutcome | null): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", reject);
      resolve(outcome);
    };
    worker.once("message", settle).once("error", reject);
    worker.postMessage(job);
  });
}
