/** Starts the mutation of the engine, or the worker that tries its mutants, from their TypeScript. */
import { register } from "node:module";
import { workerData } from "node:worker_threads";

if (workerData?.module === undefined) {
  register("../oracle/typescript-hooks.mjs", import.meta.url);
  await import(new URL("main.ts", import.meta.url).href);
} else {
  register("./hooks.mjs", import.meta.url);
  await import(workerData.module);
}
