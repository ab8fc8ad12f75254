/** Stores and services that only note what they are asked; the store of consents answers as the run wants it. */
import * as fs from "node:fs";
import * as promises from "node:fs/promises";
import { databaseModule } from "./database.js";
import { isGranted, later, record } from "./recorder.js";
import { bullmqModule } from "./queues.js";

type Module = Readonly<Record<string, unknown>>;

/** By the name that a program imports. */
export function standInModules(): Readonly<Record<string, Module>> {
  return {
    pg: databaseModule(),
    ioredis: { default: Redis, Redis },
    bullmq: bullmqModule(),
    mixpanel: { default: { init: () => company("mixpanel", ["track", "import", "alias"]) } },
    "node:fs": fileModule(),
    "node:fs/promises": promisedFiles(),
  };
}

/** What a company's package sends there. */
function company(name: string, methods: readonly string[]): Module {
  return Object.fromEntries(
    methods.map((method) => [
      method,
      (...given: readonly unknown[]) => {
        record(`${name}.${method}`, "hands on", ...given);
      },
    ]),
  );
}

class Redis {
  on(): this {
    return this;
  }
  get(key: string): Promise<string | null> {
    return later(() => (/consent/iu.test(key) && isGranted() ? "granted" : null));
  }
  hget(key: string, field: string): Promise<string | null> {
    return this.get(`${key}:${field}`);
  }
  set(...written: unknown[]): Promise<string> {
    return this.write("set", written);
  }
  setex(...written: unknown[]): Promise<string> {
    return this.write("setex", written);
  }
  hset(...written: unknown[]): Promise<string> {
    return this.write("hset", written);
  }
  lpush(...written: unknown[]): Promise<string> {
    return this.write("lpush", written);
  }
  rpush(...written: unknown[]): Promise<string> {
    return this.write("rpush", written);
  }
  publish(...written: unknown[]): Promise<string> {
    return this.write("publish", written);
  }
  private write(name: string, written: unknown[]): Promise<string> {
    record(`redis.${name}`, "keeps", ...written);
    return later(() => "OK");
  }
}

const writing = ["writeFile", "appendFile"] as const;

function promisedFiles(): Module {
  const changed = Object.fromEntries(
    writing.map((name) => [
      name,
      (path: unknown, data: unknown) => {
        record(name, "keeps", path, data);
        return later(() => undefined);
      },
    ]),
  );
  const mkdir = (): Promise<void> => later(() => undefined);
  return { ...promises, ...changed, mkdir, default: { ...promises, ...changed, mkdir } };
}

function fileModule(): Module {
  const changed = Object.fromEntries(
    writing.flatMap((name) => [
      [
        `${name}Sync`,
        (path: unknown, data: unknown) => {
          record(`${name}Sync`, "keeps", path, data);
        },
      ],
      [
        name,
        (path: unknown, data: unknown, ...rest: readonly unknown[]) => {
          record(name, "keeps", path, data);
          const done = rest.at(-1);
          if (typeof done === "function")
            void later(() => {
              (done as (error: null) => void)(null);
            });
        },
      ],
    ]),
  );
  const more = { ...changed, promises: promisedFiles(), mkdirSync: (): void => undefined };
  return { ...fs, ...more, default: { ...fs, ...more } };
}

/** A request to another company; one that asks about consent is answered. */
export function standInFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const asksForConsent = /consent/iu.test(url) && (init?.method ?? "GET") === "GET";
  // What a page sends to its own server is kept there, if at all.
  if (!asksForConsent && !url.startsWith("/")) record("fetch", "hands on", url, init?.body ?? "");
  return later(() => Response.json(asksForConsent ? { granted: isGranted() } : { ok: true, id: "made" }));
}
