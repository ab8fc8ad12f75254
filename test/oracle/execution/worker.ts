/** Runs generated programs: each with fresh modules, its sinks recording, timers and packages replaced. */
import { parentPort } from "node:worker_threads";
import vm from "node:vm";
import type { Input, Job, Outcome } from "./execution.js";
import { packagesFor } from "./packages.js";
import { Timers } from "./timers.js";
import { addMissingFunctions } from "./missing-functions.js";
import { observe, tokenOf } from "./tokens.js";
import type { MarkedType } from "../shape.js";

type Compiled = (...parameters: unknown[]) => void;

const parameters = [
  "exports",
  "require",
  "module",
  "__sinks",
  "setTimeout",
  "setImmediate",
  "setInterval",
  "console",
];

function makeValue(
  type: MarkedType,
  blank: readonly boolean[],
  next: { token: number; plain: number },
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const field of type.fields) {
    if (field.shape.kind === "marked") {
      made[field.name] = makeValue(field.shape.type, blank, next);
    } else if (field.category === null) {
      made[field.name] = blank[next.plain] === true ? "" : `plain@${field.name}.q`;
    } else {
      const text = blank[next.token] === true ? "" : tokenOf(next.token);
      made[field.name] = field.shape.kind === "list" ? [text, `${text}${text}`] : text;
      next.token += 1;
    }
  }
  return made;
}

/** Turns of the event loop without a timer after which what is not settled never will be; streams take several. */
const mostIdle = 20;

class Run {
  private readonly packages = packagesFor((specifier) => this.load(stemOf(specifier)));
  private readonly timers = new Timers();
  private readonly loaded = new Map<string, { exports: unknown }>();

  constructor(
    private readonly modules: ReadonlyMap<string, Compiled>,
    private readonly seen: Set<string>,
  ) {}

  async call(job: Job, input: Input): Promise<void> {
    const entry = this.load(job.entry) as { enrol: (child: unknown, input: unknown) => unknown };
    for (const { flags, blank, count } of input.calls) {
      const choices = {
        ...Object.fromEntries(flags.map((flag, index) => [`f${String(index)}`, flag])),
        count,
      };
      const progress = { isDone: false };
      const work = new Promise((resolve) => {
        resolve(entry.enrol(makeValue(job.type, blank, { token: 0, plain: blank.length - 1 }), choices));
      }).finally(() => {
        progress.isDone = true;
      });
      work.catch(() => undefined);
      await this.settle(() => progress.isDone);
      if (progress.isDone) await work;
    }
  }

  /** Lets promises and timers run until nothing is left to do. */
  private async settle(isDone: () => boolean): Promise<void> {
    for (let idle = 0; idle < (isDone() ? 3 : mostIdle); idle++) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      for (let fired = 0; fired < 200 && this.timers.next(); fired++) {
        idle = 0;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    }
  }

  private load(name: string): unknown {
    const known = this.loaded.get(name);
    if (known !== undefined) return known.exports;
    const compiled = this.modules.get(name);
    if (compiled === undefined) throw new Error(`no module ${name}`);
    const module = { exports: {} as unknown };
    this.loaded.set(name, module);
    const require = (specifier: string): unknown => this.packages[specifier] ?? this.load(stemOf(specifier));
    compiled(
      module.exports,
      require,
      module,
      this.sinks(),
      this.timers.set,
      this.timers.setImmediate,
      this.timers.set,
      { log: () => undefined },
    );
    return module.exports;
  }

  private sinks(): (id: number) => {
    log: (...given: unknown[]) => void;
    store: (path: unknown, data: unknown) => void;
    add: (queue: { add: (...given: unknown[]) => unknown }) => (...given: unknown[]) => unknown;
  } {
    const record = (id: number, values: readonly unknown[]): void => {
      const found = new Set<number>();
      observe(values, found);
      for (const token of found) this.seen.add(`${String(id)}:${String(token)}`);
    };
    return (id) => ({
      log: (...given) => {
        record(id, given);
      },
      store: (_path, data) => {
        record(id, [data]);
      },
      add:
        (queue) =>
        (...given) => {
          record(id, given);
          return queue.add(...given);
        },
    });
  }
}

/** A module of the program, by whatever name it is imported. */
function stemOf(specifier: string): string {
  return specifier.replace(/^(?:\.|@\w+\/__FOLDER__)\//u, "").replace(/\.c?js$/u, "");
}

async function execute(job: Job): Promise<Outcome> {
  const modules = new Map(
    Object.entries(job.modules).map(([name, source]) => [
      name,
      vm.compileFunction(source, parameters) as Compiled,
    ]),
  );
  const seen = new Set<string>();
  let failure: string | null = null;
  let failures = 0;
  for (const input of job.inputs) {
    try {
      await new Run(modules, seen).call(job, input);
    } catch (error) {
      failures += 1;
      failure ??= error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }
  return { id: job.id, seen: [...seen].sort(), runs: job.inputs.length, failure, failures };
}

addMissingFunctions();
process.on("unhandledRejection", () => undefined);
process.on("uncaughtException", () => undefined);
parentPort?.on("message", (job: Job) => {
  void execute(job).then(
    (outcome) => {
      parentPort?.postMessage(outcome);
    },
    (error: unknown) => {
      parentPort?.postMessage({
        id: job.id,
        seen: [],
        runs: 0,
        failure: `not run: ${String(error)}`,
        failures: 1,
      } satisfies Outcome);
    },
  );
});
