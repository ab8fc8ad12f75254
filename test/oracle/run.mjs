/** Starts the oracle, or the worker that runs programs, from their TypeScript. */
import { register } from "node:module";
import { workerData } from "node:worker_threads";

register("./typescript-hooks.mjs", import.meta.url);
await import(workerData?.module ?? new URL("main.ts", import.meta.url).href);
