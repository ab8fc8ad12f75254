/** Runs compiled apps in processes of their own, with a limit on the time of each. */
import { fork, type ChildProcess } from "node:child_process";
import { compileRunner } from "../support/compiled-runner.js";
import type { AppJob, AppOutcome } from "./running/job.js";

const secondsEach = 60;
const atOnce = 3;

/** The outcome of each app, or what went wrong with the running itself. */
export async function runApps(jobs: readonly AppJob[]): Promise<(AppOutcome | string)[]> {
  const { main, dispose } = compileRunner(new URL("running", import.meta.url));
  try {
    const outcomes: (AppOutcome | string)[] = [];
    const waiting = [...jobs.entries()];
    const work = async (): Promise<void> => {
      let child: ChildProcess | null = null;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, job] = next;
        child ??= start(main);
        outcomes[index] = await runOne(child, job);
        // Frameworks leave things behind in a process; programs that are only handlers do not.
        if (job.framework === "node" && typeof outcomes[index] !== "string") continue;
        child.kill("SIGKILL");
        child = null;
      }
      child?.kill("SIGKILL");
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return outcomes;
  } finally {
    dispose();
  }
}

function start(main: string): ChildProcess {
  return fork(main, {
    execArgv: ["--experimental-vm-modules", "--no-warnings"],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

function runOne(child: ChildProcess, job: AppJob): Promise<AppOutcome | string> {
  return new Promise((resolve) => {
    let printed = "";
    const print = (text: Buffer): void => {
      printed += text.toString();
    };
    const settle = (outcome: AppOutcome | string): void => {
      clearTimeout(timer);
      child.off("message", settle).off("exit", ended);
      child.stderr?.off("data", print);
      resolve(outcome);
    };
    const ended = (code: number | null): void => {
      settle(`ended with ${String(code)}: ${printed.slice(-1000)}`);
    };
    const timer = setTimeout(settle, secondsEach * 1000, "did not end in time");
    child.stderr?.on("data", print);
    child.once("message", settle as (outcome: unknown) => void).once("exit", ended);
    child.send(job);
  });
}
