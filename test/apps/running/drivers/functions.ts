/** Programs that something else calls: a cloud, a queue, a clock, a shell. */
import type { Exports } from "../load-program.js";
import { forgetRows, showRows } from "../database.js";
import { startedWorkers } from "../queues.js";
import type { Send } from "./driver-of.js";
import { exported, inTime } from "./server.js";

type Callable = (...given: readonly unknown[]) => unknown;

/** `INVOKE create [x-guardian: g1] {…}`: a request to the exported handler; a list is the records of a queue. */
export function driveLambda(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const context = { functionName: "handler", getRemainingTimeInMillis: () => 1000 };
  return Promise.resolve(({ target, headers, body }) => {
    const handler = exported(modules, target) as Callable;
    const event = Array.isArray(body)
      ? {
          Records: body.map((each: unknown, index) => ({
            messageId: String(index),
            body: JSON.stringify(each),
          })),
        }
      : { headers, body: JSON.stringify(body), requestContext: {}, pathParameters: {} };
    return inTime(outcomeOf(() => handler(event, context)));
  });
}

/** `CALL enrol ["TOKEN1"]`: an exported function is called with these. */
export function driveCalls(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  return Promise.resolve(({ target, body }) => {
    const path = target.split(".");
    const called = (): unknown => {
      const [name = "", method] = path;
      const found = exported(modules, name) as Callable & Readonly<Record<string, Callable>>;
      return method === undefined ? found(...(body as unknown[])) : found[method]?.(...(body as unknown[]));
    };
    return inTime(outcomeOf(called));
  });
}

/** `JOB enrolments/welcome {…}`: the worker of a queue gets a job of that name. */
export function driveBullmq(): Promise<Send> {
  return Promise.resolve(({ target, body }) => {
    const [queue, name = "job"] = target.split("/");
    const worker = startedWorkers().find((each) => each.queue === queue);
    if (worker === undefined) throw new Error(`no worker for ${String(queue)}`);
    return inTime(outcomeOf(() => worker.processor({ name, data: body, id: "1" })));
  });
}

interface CronPackages {
  readonly getTasks: () => ReadonlyMap<string, { readonly name?: string; execute(): Promise<unknown> }>;
  readonly scheduledJobs: readonly { readonly name?: string; trigger(): Promise<void>; stop(): void }[];
}

/** `TICK nightly {…}`: the time of a job has come, and these are the rows that its queries find. */
export async function driveCron(): Promise<Send> {
  const names: readonly string[] = ["node-cron", "croner"];
  const [nodeCron, croner] = (await Promise.all(names.map((name) => import(name)))) as CronPackages[];
  return async ({ target, body }) => {
    const task = [...(nodeCron?.getTasks().values() ?? [])].findLast(({ name }) => name === target);
    const job = croner?.scheduledJobs.findLast(({ name }) => name === target);
    if (task === undefined && job === undefined) throw new Error(`no job ${target}`);
    showRows(body);
    const answer = await inTime(outcomeOf(() => task?.execute() ?? job?.trigger()));
    forgetRows();
    job?.stop();
    return answer;
  };
}

interface Command {
  parseAsync(words: readonly string[], options: { from: "user" }): Promise<unknown>;
}

class Exit extends Error {}

/** `RUN enrol --email TOKEN1`: what is written behind the name of the program. */
export function driveCommander(modules: ReadonlyMap<string, Exports>): Promise<Send> {
  const program = exported(modules, "program") as Command;
  process.exit = (code) => {
    throw new Exit(`exit ${String(code)}`);
  };
  return Promise.resolve(({ text }) =>
    inTime(outcomeOf(() => program.parseAsync(text.split(" "), { from: "user" }).then(() => undefined))),
  );
}

async function outcomeOf(work: () => unknown): Promise<string> {
  const result = await work();
  return result === undefined ? "returned" : `returned ${JSON.stringify(result)}`;
}
