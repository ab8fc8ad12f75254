/** A process that runs programs, each exported function with a child of its own, and tells which values left in which request. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findArrivals, type StartedRun } from "./arrivals.js";
import { makeChild, type MarkedChild } from "./child-values.js";
import type { SdkJob, SdkOutcome } from "./job.js";
import { recorded, startRecorder } from "./recorder.js";
import { redirectSockets } from "./redirect.js";

/** The name under which a program sends what it has collected. */
const closing = "close";
const secondsARun = 8;
const secondsToSettle = 6;

type Run = (child: MarkedChild["child"]) => unknown;

const started: StartedRun[] = [];
const errors: Record<string, string> = {};

const note = (where: string, error: unknown): void => {
  errors[where] = error instanceof Error ? error.message : JSON.stringify(error);
};
process.on("unhandledRejection", (error) => {
  note("unhandled", error);
});
process.on("uncaughtException", (error) => {
  note("unhandled", error);
});

process.on("message", (job: SdkJob) => {
  void work(job).then((outcome) => {
    process.send?.(outcome);
  });
});

async function work({ modules }: SdkJob): Promise<SdkOutcome> {
  redirectSockets(await startRecorder());
  const folder = fileURLToPath(new URL("programs", import.meta.url));
  for (const [name, text] of Object.entries(modules)) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
    writeFileSync(`${folder}/${name}.mjs`, text);
  }
  // Loading keeps the process busy, and clients are impatient: first all are loaded, then all are run.
  const loaded: [string, Readonly<Record<string, unknown>>][] = [];
  for (const name of Object.keys(modules)) {
    try {
      loaded.push([
        name,
        (await import(pathToFileURL(`${folder}/${name}.mjs`).href)) as Record<string, unknown>,
      ]);
    } catch (error) {
      note(name, error);
    }
  }
  await Promise.all(loaded.map(([name, exported]) => runProgram(name, exported)));
  await settled();
  return { arrivals: findArrivals(started, recorded), errors, requests: recorded.map(({ title }) => title) };
}

async function runProgram(program: string, exported: Readonly<Record<string, unknown>>): Promise<void> {
  const { [closing]: close, ...runs } = exported;
  for (const [run, call] of Object.entries(runs)) await runOne(program, run, call as Run);
  if (typeof close === "function") await inTime(`${program}: ${closing}`, close as () => unknown);
}

async function runOne(program: string, run: string, call: Run): Promise<void> {
  const marked = makeChild(started.length);
  started.push({ program, run, ...marked });
  await inTime(`${program}: ${run}`, () => call(marked.child));
}

async function inTime(where: string, call: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(reject, secondsARun * 1000, new Error("did not end in time"));
  });
  try {
    await Promise.race([Promise.resolve(call()), late]);
  } catch (error) {
    note(where, error);
  } finally {
    clearTimeout(timer);
  }
}

/** No further request for a while. */
async function settled(): Promise<void> {
  const end = Date.now() + secondsToSettle * 1000;
  for (let count = -1; count < recorded.length && Date.now() < end;) {
    count = recorded.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}
