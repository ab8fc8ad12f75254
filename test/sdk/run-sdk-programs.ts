/**
 * Runs the programs in a process of their own, in which every address is a server of ours. Those in `alone` have one each:
 * what their packages hold is the process's, or they listen to what the others do.
 */
import { fork } from "node:child_process";
import { compileModule, compileRunner } from "../support/compiled-runner.js";
import type { SdkJob, SdkOutcome } from "./running/job.js";
import type { SdkProgram } from "./sdk-program.js";

const seconds = 100;

export async function runSdkPrograms(programs: readonly SdkProgram[]): Promise<SdkOutcome> {
  const apart = programs.filter(({ name }) => name.startsWith("alone/"));
  const together = programs.filter((each) => !apart.includes(each));
  const groups = [together, ...apart.map((each) => [each])].filter((group) => group.length > 0);
  const outcomes = await Promise.all(groups.map(runTogether));
  return {
    arrivals: outcomes.flatMap(({ arrivals }) => arrivals),
    errors: Object.assign({}, ...outcomes.map(({ errors }) => errors)) as SdkOutcome["errors"],
    requests: outcomes.flatMap(({ requests }) => requests),
  };
}

async function runTogether(programs: readonly SdkProgram[]): Promise<SdkOutcome> {
  const { main, dispose } = compileRunner(new URL("running", import.meta.url));
  const modules = Object.fromEntries(programs.map(({ name, text }) => [name, compileModule(name, text)]));
  try {
    return await runIn(main, { modules });
  } finally {
    dispose();
  }
}

function runIn(main: string, job: SdkJob): Promise<SdkOutcome> {
  const child = fork(main, { env: environment(), stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let printed = "";
  return new Promise<SdkOutcome>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`did not end in time: ${printed.slice(-2000)}`));
    }, seconds * 1000);
    child.stderr?.on("data", (text: Buffer) => {
      printed += text.toString();
    });
    child.once("message", (outcome: SdkOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${String(code)}: ${printed.slice(-2000)}`));
    });
    child.send(job);
  }).finally(() => {
    child.kill("SIGKILL");
  });
}

/** Without proxies and keys of the machine; the recorder's certificate is trusted by not asking. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    SystemRoot,
    NODE_ENV: "production",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_NO_WARNINGS: "1",
  };
}
