/** Runs fixtures: loads their modules anew for each input, calls what may be called, and notes what arrives where. */
import { EventEmitter } from "node:events";
import vm from "node:vm";
import { parentPort } from "node:worker_threads";
import fc from "fast-check";
import { addMissingFunctions } from "../../oracle/execution/missing-functions.js";
import { outside, tokenOf } from "../../oracle/execution/tokens.js";
import type { Entry, FixtureJob, FixtureOutcome, PlanId } from "../plan.js";
import { Recorder, tokensIn } from "./recorder.js";
import { cleaned, drained, marked } from "./values-on-their-way.js";
import { StandIns } from "./stand-ins.js";
import { Stubs } from "./stubs.js";
import { Surroundings } from "./surroundings.js";
import { Timers } from "../../oracle/execution/timers.js";
import { Values } from "./values.js";

type Any = (...given: unknown[]) => unknown;

/** Fixtures that derive keys from passwords take long for each input. */
const mostMilliseconds = 15_000;
/** So many inputs that show nothing new are enough where all that is marked has arrived. */
const quietInputs = 30;
/** Turns of the event loop in which what is left is done, where nothing is waited for. */
const fewTurns = 4;
/** Turns of the event loop after which what has not ended never will. */
const mostTurns = 25;

class FixtureRun {
  private readonly recorder: Recorder;
  private readonly failures = new Map<string, number>();
  private calls = 0;
  private ended = 0;
  private failed = 0;
  private readonly compiled = new Map<string, Any>();
  private lastNews = 0;
  private known = 0;

  constructor(private readonly job: FixtureJob) {
    this.recorder = new Recorder(job.modules);
  }

  async run(): Promise<FixtureOutcome> {
    const start = performance.now();
    const isLate = (): boolean => performance.now() - start > mostMilliseconds;
    for (let input = 0; input < this.job.inputs && !this.isEnough(input) && !isLate(); input++)
      await new InputRun(this.job, this.recorder, this, input).run();
    return {
      arrivals: this.recorder.all,
      failures: [...this.failures].sort((a, b) => b[1] - a[1]).slice(0, 8),
      calls: this.calls,
      ended: this.ended,
      leavesNothing: await surroundings.areAsBefore(),
    };
  }

  /** Nothing new has arrived for long, and all that was hoped for has. */
  private isEnough(input: number): boolean {
    const { size } = this.recorder;
    if (size > this.known) this.lastNews = input;
    this.known = size;
    return size >= this.job.hopedFor && input - this.lastNews >= quietInputs;
  }

  get pending(): number {
    return this.calls - this.ended - this.failed;
  }

  fail(error: unknown, ofCall = false): void {
    if (ofCall) this.failed += 1;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : "something thrown";
    const message = text.slice(0, 120);
    this.failures.set(message, (this.failures.get(message) ?? 0) + 1);
  }

  count(isEnded: boolean): void {
    if (isEnded) this.ended += 1;
    else this.calls += 1;
  }

  /** The module's function of its scope and what CommonJS gives; strict where the module is. */
  compile(path: string): Any {
    let known = this.compiled.get(path);
    if (known === undefined) {
      const text = this.job.modules[path] ?? "";
      known = vm.compileFunction(
        `with (__scope) { (function (exports, require, module, __file) {${text}\n}).call(exports, exports, require, module, __file); }`,
        ["__scope", "exports", "require", "module", "__file"],
        { filename: `fixture:${path}` },
      ) as Any;
      this.compiled.set(path, known);
    }
    return known;
  }
}

/** One input: the modules are loaded anew, and everything that may be called is, twice and in some order. */
class InputRun {
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly timers = new Timers();
  private readonly stubs: Stubs;
  private readonly values: Values;
  private readonly standIns: StandIns;
  private readonly scope: unknown;
  private readonly shared = new Map<string | symbol, unknown>();
  private readonly listeners: [string, Any][] = [];

  constructor(
    private readonly job: FixtureJob,
    private readonly recorder: Recorder,
    private readonly fixture: FixtureRun,
    private readonly input: number,
  ) {
    const recording = (): Recorder => this.recorder;
    this.stubs = new Stubs(recording, tokenOf(outside), (callee, ...given) => {
      this.timers.set(() => {
        this.guard(() => {
          callee(...given);
        });
      });
    });
    const createStub = (): unknown => this.stubs.create();
    this.values = new Values(
      job.plans,
      job.words,
      job.numbers,
      job.anything,
      input,
      createStub,
      (module, name) => {
        const made: unknown = Reflect.get(this.load(module) as object, name);
        return made as new (...given: unknown[]) => object;
      },
    );
    const timers = {
      setTimeout: this.timers.set,
      setInterval: this.timers.set,
      setImmediate: this.timers.setImmediate,
      clearTimeout: () => undefined,
      clearInterval: () => undefined,
      clearImmediate: () => undefined,
    };
    const process = this.processOf();
    this.standIns = new StandIns(recording, createStub, timers, process);
    this.scope = this.scopeOf({ ...timers, console: this.standIns.console, process });
  }

  async run(): Promise<void> {
    handlers = this.listeners;
    for (const root of this.job.roots) this.guard(() => this.load(root));
    await this.settle();
    const order = fc.sample(
      fc.shuffledSubarray([...this.job.entries, ...this.job.entries], {
        minLength: this.job.entries.length * 2,
      }),
      {
        seed: this.input + 1,
        numRuns: 1,
      },
    )[0];
    for (const entry of order ?? []) {
      this.enter(entry);
      if (this.input % 2 === 0) await this.settle();
    }
    await this.settle();
    this.standIns.dispose();
  }

  private enter(entry: Entry): void {
    const found = this.guard<unknown>(
      () => Reflect.get(this.load(entry.module) as object, entry.name) as unknown,
    );
    if (entry.kind === "function") {
      this.callWith(found, undefined, entry.parameters);
      return;
    }
    const self: unknown =
      entry.kind === "object"
        ? found
        : this.guard(
            () => new (found as new (...given: unknown[]) => object)(...this.draw(entry.parameters)),
          );
    if (self === undefined || self === null) return;
    for (const method of fc.sample(
      fc.shuffledSubarray([...entry.methods, ...entry.methods], { minLength: entry.methods.length * 2 }),
      { seed: this.input + 7, numRuns: 1 },
    )[0] ?? [])
      this.callWith(Reflect.get(self, method.name), self, method.parameters);
  }

  private callWith(callee: unknown, self: unknown, parameters: readonly PlanId[]): void {
    if (typeof callee !== "function") return;
    this.fixture.count(false);
    this.guard(() => {
      const result: unknown = (callee as Any).apply(self, this.draw(parameters));
      void Promise.resolve(drained(result)).then(
        () => {
          this.fixture.count(true);
        },
        (error: unknown) => {
          this.fixture.fail(error, true);
        },
      );
    }, true);
  }

  private draw(parameters: readonly PlanId[]): unknown[] {
    return parameters.map((plan) => this.values.draw(plan));
  }

  /** Runs what may throw; what it throws is noted. */
  private guard<T>(work: () => T, ofCall = false): T | undefined {
    try {
      return work();
    } catch (error) {
      this.fixture.fail(error, ofCall);
      return undefined;
    }
  }

  private load(path: string): unknown {
    const known = this.loaded.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} as unknown };
    this.loaded.set(path, module);
    const require = (specifier: unknown): unknown => {
      const own = this.job.imports[`${path}\n${String(specifier)}`];
      if (own === undefined) return this.outside(String(specifier), require);
      return this.load(own);
    };
    this.fixture.compile(path)(this.scope, module.exports, require, module, path);
    const { exports } = module;
    if (typeof exports === "function" && !("default" in exports))
      Object.assign(exports, { default: exports });
    return exports;
  }

  private outside(specifier: string, require: Any): unknown {
    return this.standIns.module(specifier, require) ?? this.stubs.create();
  }

  private scopeOf(given: Readonly<Record<string, unknown>>): unknown {
    const typed = (plan: PlanId, value: unknown): unknown =>
      this.stubs.is(value) ? this.values.draw(plan) : value;
    const own: Record<string, unknown> = {
      ...given,
      __typed: typed,
      __typedCall: (plan: PlanId, value: unknown) =>
        this.stubs.is(value) ? this.stubs.create(() => this.values.draw(plan)) : value,
      __marked: (token: number, value: unknown) => marked(token, value, (each) => this.stubs.is(each)),
      Math: this.standIns.random.math,
      __cleaned: cleaned,
      __handed: (value: unknown, file: string, line: number) => this.standIns.handed(value, file, line),
      JSON: Object.assign(Object.create(JSON) as object, {
        stringify: JSON.stringify,
        parse: (text: unknown, reviver?: never) => this.parsed(text, reviver),
      }),
    };
    const read = (name: string | symbol): unknown => {
      if (this.shared.has(name)) return this.shared.get(name);
      if (typeof name === "string" && name in own) return own[name];
      if (name === "globalThis" || name === "window" || name === "self" || name === "global") return scope;
      if (typeof name === "string" && name in this.job.ambient) {
        this.shared.set(name, this.values.draw(this.job.ambient[name] ?? -1));
        return this.shared.get(name);
      }
      if (name in globalThis && !replaced.has(String(name))) return Reflect.get(globalThis, name);
      if (typeof name === "symbol") return undefined;
      this.shared.set(name, this.stubs.create());
      return this.shared.get(name);
    };
    const scope: unknown = new Proxy(Object.create(null) as object, {
      has: (_target, name) => name !== Symbol.unscopables && !moduleNames.has(String(name)),
      get: (_target, name) => (name === Symbol.unscopables ? undefined : read(name)),
      set: (_target, name, value) => {
        this.shared.set(name, value);
        return true;
      },
    });
    return scope;
  }

  /** Text from outside may hold anything; what is no JSON may be refused. */
  private parsed(text: unknown, reviver?: (key: string, value: unknown) => unknown): unknown {
    if (this.stubs.is(text)) return this.stubs.create();
    try {
      return JSON.parse(String(text), reviver) as unknown;
    } catch (error) {
      if (tokensIn([text]).has(outside) && this.input % 5 !== 0) return this.stubs.create();
      throw error;
    }
  }

  private processOf(): unknown {
    const written = { write: (chunk: unknown) => (this.recorder.record([chunk], "log"), true), isTTY: false };
    const given: Record<string, unknown> = {
      env: new Proxy(
        {},
        {
          get: (_target, name) =>
            typeof name === "string" ? secrets[this.input % secrets.length] : undefined,
        },
      ),
      stdout: written,
      stderr: written,
      exit: () => undefined,
      on: (name: string, handler: Any) => this.listeners.push([name, handler]),
      once: (name: string, handler: Any) => this.listeners.push([name, handler]),
    };
    return new Proxy(process, {
      get: (target, name) =>
        (typeof name === "string" && name in given ? given[name] : Reflect.get(target, name)) as unknown,
    });
  }

  /** Lets promises and timers run until nothing is left to do. */
  private async settle(): Promise<void> {
    for (let idle = 0; idle < (this.fixture.pending > 0 ? mostTurns : fewTurns); idle++) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      for (let fired = 0; fired < 200 && this.guard(() => this.timers.next()) !== false; fired++) {
        idle = 0;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    }
  }
}

/** Names that the module's function has, whatever the scope knows. */
const moduleNames = new Set(["exports", "require", "module", "__file", "arguments"]);
/** What this Node has and a browser's is meant, or what must not be run. */
const replaced = new Set([
  "fetch",
  "navigator",
  "WebSocket",
  "crypto",
  "localStorage",
  "sessionStorage",
  "EventSource",
  "BroadcastChannel",
]);
/** Keys as texts in hexadecimal, base64 and as they are: which a program expects is not known. */
const secrets = [
  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=",
  "0123456789abcdef0123456789abcdef",
  "0123456789abcdef",
];

addMissingFunctions();
// Fixtures that are called a hundred times listen a hundred times.
EventEmitter.defaultMaxListeners = 0;
const surroundings = new Surroundings();

let handlers: [string, Any][] = [];

function tell(event: string, error: unknown): void {
  for (const [name, handler] of handlers)
    if (name === event) {
      try {
        handler(error, Promise.resolve());
      } catch {
        // A handler that throws ends nothing here.
      }
    }
}

process.on("unhandledRejection", (error) => {
  tell("unhandledRejection", error);
});
process.on("uncaughtException", (error) => {
  tell("uncaughtException", error);
});
parentPort?.on("message", (job: FixtureJob) => {
  void new FixtureRun(job).run().then(
    (outcome) => {
      parentPort?.postMessage(outcome);
    },
    (error: unknown) => {
      parentPort?.postMessage({
        arrivals: [],
        failures: [[`not run: ${String(error)}`, 1]],
        calls: 0,
        ended: 0,
        leavesNothing: false,
      } satisfies FixtureOutcome);
    },
  );
});
