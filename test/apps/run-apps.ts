/** Runs compiled apps, each in a process of its own, with a limit on its time. */
import { fork } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { AppJob, AppOutcome } from "./running/job.js";

export const packagesFolder = fileURLToPath(new URL("../packages/node_modules", import.meta.url));

const secondsEach = 60;
const atOnce = 2;

/** The outcome of each app, or what went wrong with the running itself. */
export async function runApps(jobs: readonly AppJob[]): Promise<(AppOutcome | string)[]> {
  const { main, dispose } = compileRunner();
  try {
    const outcomes: (AppOutcome | string)[] = [];
    const waiting = [...jobs.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        outcomes[next[0]] = await runOne(main, next[1]);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return outcomes;
  } finally {
    dispose();
  }
}

function runOne(main: string, job: AppJob): Promise<AppOutcome | string> {
  return new Promise((resolve) => {
    const child = fork(main, {
      execArgv: ["--experimental-vm-modules", "--no-warnings"],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let printed = "";
    child.stderr?.on("data", (text: Buffer) => (printed += text.toString()));
    child.stdout?.resume();
    const timer = setTimeout(() => {
      resolve("did not end in time");
      child.kill("SIGKILL");
    }, secondsEach * 1000);
    child.once("message", (outcome) => {
      resolve(outcome as AppOutcome | string);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(`ended with ${String(code)}: ${printed.slice(-1000)}`);
    });
    child.send(job);
  });
}

/** The process's own files as JavaScript, beside the packages that the apps import. */
function compileRunner(): { readonly main: string; readonly dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-apps-"));
  const from = fileURLToPath(new URL("running", import.meta.url));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(packagesFolder, join(folder, "node_modules"), "junction");
  for (const path of readdirSync(from, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const target = join(folder, path.replace(/\.ts$/u, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(join(from, path), "utf8"), {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(target, outputText);
  }
  return {
    main: join(folder, "main.js"),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
