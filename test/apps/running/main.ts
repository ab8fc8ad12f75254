/** A process that runs one app three times: its guardians refuse, say nothing, and consent. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Answer, AppJob, AppOutcome, Request, Run } from "./job.js";
import { driverOf } from "./drivers/driver-of.js";
import { loadProgram } from "./load-program.js";
import { closeServers, rememberServers } from "./listening.js";
import { forgetWorkers } from "./queues.js";
import { beginRequest, beginRun, recordedOperations, settled } from "./recorder.js";
import { standInFetch } from "./stand-ins.js";

let escaped: string[] = [];
const note = (error: unknown): void => {
  escaped.push(error instanceof Error ? error.message : String(error));
};
process.on("unhandledRejection", note);
process.on("uncaughtException", note);
rememberServers();
// Next expects it where its server would have put it.
Object.assign(globalThis, { AsyncLocalStorage });
globalThis.fetch = standInFetch;

process.on("message", (job: AppJob) => {
  void work(job).then((outcome) => {
    process.send?.(outcome);
  });
});

async function work(job: AppJob): Promise<AppOutcome | string> {
  try {
    return {
      refused: await run(job, "refused"),
      unanswered: await run(job, "unanswered"),
      granted: await run(job, "granted"),
    };
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function run(job: AppJob, answer: Answer): Promise<Run> {
  escaped = [];
  closeServers();
  forgetWorkers();
  beginRun(answer);
  const send = await driverOf(job.framework)(await loadProgram(job));
  await settled();
  const answers: string[] = [];
  for (const [index, request] of job.requests.entries()) {
    beginRequest(index);
    answers.push(await send(tokensOf(request, index)));
    await settled();
  }
  return { operations: recordedOperations(), answers, escaped };
}

/** Tokens are those of this request alone. */
function tokensOf(request: Request, index: number): Request {
  const text = JSON.stringify(request).replace(/TOKEN\d+/gu, `$&r${String(index)}`);
  return JSON.parse(text) as Request;
}
