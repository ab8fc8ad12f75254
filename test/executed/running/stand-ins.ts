/** What a fixture finds outside of itself: the language's modules, recorders for logs and files, stubs for the rest. */
import assert from "node:assert";
import * as asyncHooks from "node:async_hooks";
import * as buffer from "node:buffer";
import * as events from "node:events";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as querystring from "node:querystring";
import * as stream from "node:stream";
import * as streamConsumers from "node:stream/consumers";
import * as streamPromises from "node:stream/promises";
import * as streamWeb from "node:stream/web";
import * as stringDecoder from "node:string_decoder";
import * as url from "node:url";
import * as util from "node:util";
import * as zlib from "node:zlib";
import type { SinkClass } from "../plan.js";
import { realPackages, withoutPrefix } from "./known-modules.js";
import { Channel, receiveMessageOnPort } from "./message-ports.js";
import type { Place, Recorder } from "./recorder.js";
import { SteadyRandom } from "./steady-random.js";

type Any = (...given: unknown[]) => unknown;

const real: Readonly<Record<string, unknown>> = {
  assert,
  buffer,
  path,
  querystring,
  stream,
  "stream/consumers": streamConsumers,
  "stream/promises": streamPromises,
  "stream/web": streamWeb,
  string_decoder: stringDecoder,
  url,
  util,
  zlib,
};

const installed = createRequire(new URL("../../packages/package.json", import.meta.url));

const logMethods = [
  "log",
  "info",
  "warn",
  "error",
  "debug",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
];

export class StandIns {
  private readonly handedAt = new WeakMap<object, (place: Place) => unknown>();
  readonly console = this.consoleOf();
  readonly random = new SteadyRandom();
  private readonly storages: asyncHooks.AsyncLocalStorage<unknown>[] = [];

  constructor(
    private readonly recorder: () => Recorder,
    private readonly createStub: () => unknown,
    private readonly timers: Readonly<Record<string, unknown>>,
    private readonly process: unknown,
  ) {}

  module(specifier: string, require: Any): unknown {
    const name = withoutPrefix(specifier);
    if (name in real) return real[name];
    if (realPackages.includes(name)) return installed(name);
    switch (name) {
      case "async_hooks":
        return { ...asyncHooks, AsyncLocalStorage: this.storageOf() };
      case "crypto":
        return this.random.crypto;
      case "events":
        return events.EventEmitter;
      case "fs":
        return this.files();
      case "fs/promises":
        return this.promised();
      case "console":
        return Object.assign(this.console, { Console: this.createStub() });
      case "process":
        return this.process;
      case "module":
        return { createRequire: () => require };
      case "timers":
        return this.timers;
      // Threads are not started.
      case "worker_threads":
        return {
          MessageChannel: Channel,
          receiveMessageOnPort,
          Worker: this.createStub(),
          BroadcastChannel: this.createStub(),
          isMainThread: true,
          parentPort: null,
          workerData: null,
        };
      case "timers/promises":
        return {
          setTimeout: (_delay: number, value: unknown) => Promise.resolve(value),
          setImmediate: (value: unknown) => Promise.resolve(value),
        };
      case "eslint-plugin-child-privacy/annotations":
        return decorators;
      default:
        return null;
    }
  }

  /** Every promise is handed on through each storage that is in use, also through those of inputs long done. */
  dispose(): void {
    for (const storage of this.storages.splice(0)) storage.disable();
  }

  private storageOf(): unknown {
    const { storages } = this;
    return class<T> extends asyncHooks.AsyncLocalStorage<T> {
      override run<R>(...given: Parameters<asyncHooks.AsyncLocalStorage<T>["run"]>): R {
        storages.push(this);
        return super.run(...given) as R;
      }
      override enterWith(store: T): void {
        storages.push(this);
        super.enterWith(store);
      }
    };
  }

  /** A function that is handed on is known by that place, if the stack does not tell who calls. */
  handed(value: unknown, file: string, line: number): unknown {
    const at = typeof value === "function" ? this.handedAt.get(value) : undefined;
    return at === undefined ? value : at({ file, line });
  }

  private recording(
    sink: SinkClass,
    from: number,
    result: (given: readonly unknown[]) => unknown,
    shown: (given: readonly unknown[]) => readonly unknown[] = (given) => given.slice(from),
  ): Any {
    const make =
      (place: Place | null): Any =>
      (...given) => {
        const recorder = this.recorder();
        const isCalledFromFixture = place === null || recorder.caller() !== null;
        recorder.record(shown(given), sink, isCalledFromFixture ? null : place);
        return result(given);
      };
    const plain = make(null);
    this.handedAt.set(plain, make);
    return plain;
  }

  private consoleOf(): Record<string, unknown> {
    const none = (): void => undefined;
    return {
      ...Object.fromEntries(
        [
          "time",
          "timeEnd",
          "timeLog",
          "count",
          "countReset",
          "groupEnd",
          "clear",
          "profile",
          "profileEnd",
        ].map((name) => [name, none]),
      ),
      ...Object.fromEntries(logMethods.map((name) => [name, this.recording("log", 0, none)])),
      assert: this.recording("log", 1, none),
      table: this.recording("log", 0, none, columnsOf),
    };
  }

  private files(): unknown {
    const promised = this.promised();
    return this.filesWith(
      (name) => (name.endsWith("Sync") ? () => undefined : (given) => this.callLast(given)),
      { promises: promised },
    );
  }

  private promised(): unknown {
    return this.filesWith(
      () => () => Promise.resolve(undefined),
      {},
      () => Promise.resolve(this.createStub()),
    );
  }

  private filesWith(
    resultOf: (name: string) => (given: readonly unknown[]) => unknown,
    known: Record<string, unknown>,
    other: Any | null = null,
  ): unknown {
    const members = new Map<string, unknown>(Object.entries(known));
    return new Proxy(
      {},
      {
        get: (_target, name, self: unknown) => {
          if (typeof name === "symbol" || name === "then") return undefined;
          // So that imports of every form get the proxy, not a copy of what it holds.
          if (name === "__esModule") return true;
          if (name === "default") return self;
          if (!members.has(name)) members.set(name, this.fileMember(name, resultOf(name), other));
          return members.get(name);
        },
      },
    );
  }

  private fileMember(
    name: string,
    result: (given: readonly unknown[]) => unknown,
    other: Any | null,
  ): unknown {
    if (/^(?:write|append)/u.test(name)) return this.recording("file", 1, result);
    if (name === "createWriteStream") return () => this.writeStream();
    if (name === "createReadStream") return () => stream.Readable.from([String(this.createStub())]);
    return other ?? ((...given: unknown[]) => this.callLast(given));
  }

  /** Tells a callback that it went well, with something read. */
  private callLast(given: readonly unknown[]): unknown {
    const done = given.at(-1);
    if (typeof done === "function") setImmediate(() => (done as Any)(null, this.createStub()));
    return this.createStub();
  }

  /** What a pipe writes to it is known by where it was made; what the fixture writes by that line. */
  private writeStream(): stream.Writable {
    const at = this.recorder().caller();
    const written = new stream.Writable({
      objectMode: true,
      write: (_chunk: unknown, _encoding, done) => {
        done();
      },
    });
    const note = (given: readonly unknown[]): void => {
      const recorder = this.recorder();
      recorder.record(given, "file", recorder.isCalledFromFixture(2) ? null : at);
    };
    const write = written.write.bind(written) as Any;
    const end = written.end.bind(written) as Any;
    written.write = (...given: unknown[]) => {
      note(given);
      return write(...given) as boolean;
    };
    written.end = (...given: unknown[]) => {
      note(given);
      return end(...given) as stream.Writable;
    };
    return written;
  }
}

/** What `console.table` shows: only the columns that are asked for. */
function columnsOf([rows, columns]: readonly unknown[]): readonly unknown[] {
  if (!Array.isArray(columns) || typeof rows !== "object" || rows === null) return [rows];
  return Object.values(rows).map((row: unknown) =>
    columns.map((name) =>
      typeof row === "object" && row !== null ? (Reflect.get(row, String(name)) as unknown) : row,
    ),
  );
}

/** The decorators that mark child data do nothing when a program runs. */
const decorators: unknown = new Proxy(
  {},
  { get: (_target, name) => (name === "__esModule" ? true : () => () => undefined) },
);
