/** Runs programs in a worker of their own, with a limit on the time of each. */
import ts from "typescript";
import { Worker } from "node:worker_threads";
import type { Program } from "../write-program.js";
import { fieldNamesOf, type Input, type Job, type Outcome } from "./execution.js";

const secondsPerProgram = 10;
const mostInputs = 100;

/** Programs to outcomes, in their order; null where a program did not end in time. */
export async function runPrograms(programs: readonly Program[]): Promise<(Outcome | null)[]> {
  const outcomes: (Outcome | null)[] = [];
  let runner = new Runner();
  for (const [id, program] of programs.entries()) {
    const outcome = await runner.run(jobOf(id, program));
    if (outcome === null) {
      await runner.stop();
      runner = new Runner();
    }
    outcomes.push(outcome);
  }
  await runner.stop();
  return outcomes;
}

class Runner {
  private readonly worker = new Worker(new URL("../run.mjs", import.meta.url), {
    workerData: { module: new URL("worker.ts", import.meta.url).href },
  });

  run(job: Job): Promise<Outcome | null> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(null);
      }, secondsPerProgram * 1000);
      const settle = (outcome: Outcome | null): void => {
        clearTimeout(timer);
        this.worker.off("message", settle).off("error", reject);
        resolve(outcome);
      };
      this.worker.once("message", settle);
      this.worker.once("error", reject);
      this.worker.postMessage(job);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

function jobOf(id: number, program: Program): Job {
  const modules = Object.fromEntries(
    program.files.map((file) => [file.path.replace(/\.\w+$/u, ""), executable(file.executed)]),
  );
  return { id, modules, entry: program.entry, type: program.type, inputs: inputsOf(program) };
}

function executable(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      verbatimModuleSyntax: false,
    },
  });
  return outputText
    .replace(/(\w+)\.__SINK(\d+)__\.add/gu, "__sinks($2).add($1)")
    .replace(/__SINK(\d+)__\./gu, "__sinks($1).")
    .replace(/import\.meta\.url/gu, JSON.stringify("file:///program/entry.js"));
}

/** All combinations of the flags that matter; blanks, counts and second calls where they may matter. */
function inputsOf(program: Program): Input[] {
  const fields = fieldNamesOf(program.type).length + 1;
  const sizes = {
    flags: 2 ** program.flags,
    counts: program.hasCounts ? 4 : 1,
    blanks: program.hasFallbacks ? 2 ** fields : 1,
  };
  const inputs: Input[] = [];
  for (let number = 0; number < sizes.flags * sizes.counts * sizes.blanks && number < mostInputs; number++) {
    inputs.push({
      calls: (program.isStateful ? [number, number * 5 + 3, number] : [number]).map((one) =>
        callOf(one, program, sizes, fields),
      ),
    });
  }
  return inputs;
}

function callOf(
  number: number,
  program: Program,
  sizes: Readonly<Record<"flags" | "counts" | "blanks", number>>,
  fields: number,
): Input["calls"][number] {
  const beyondFlags = Math.floor(number / sizes.flags);
  return {
    flags: [false, ...bits(number % sizes.flags, program.flags)],
    count: beyondFlags % sizes.counts,
    blank: bits(Math.floor(beyondFlags / sizes.counts) % sizes.blanks, fields),
  };
}

function bits(number: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, index) => ((number >> index) & 1) === 1);
}
