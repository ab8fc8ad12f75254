/** `bullmq`, without a server: queues note what is added and hand it to the workers of the program itself. */
import { later, record } from "./recorder.js";

export type Processor = (job: { name: string; data: unknown; id: string }) => unknown;

let workers: { readonly queue: string; readonly processor: Processor }[] = [];

export function startedWorkers(): typeof workers {
  return workers;
}

export function forgetWorkers(): void {
  workers = [];
}

/** A worker that fails has failed; the program goes on. */
async function deliver(queue: string, job: Parameters<Processor>[0]): Promise<void> {
  await later(async () => {
    for (const worker of workers.filter((each) => each.queue === queue))
      await Promise.resolve(worker.processor(job)).catch(() => undefined);
  });
}

class Queue {
  constructor(readonly name: string) {}
  on(): this {
    return this;
  }
  add(name: string, data: unknown): Promise<{ id: string }> {
    record("queue.add", "keeps", name, data);
    void deliver(this.name, { name, data, id: "job" });
    return later(() => ({ id: "job" }));
  }
  addBulk(jobs: unknown): Promise<unknown[]> {
    record("queue.addBulk", "keeps", jobs);
    return later(() => []);
  }
  close(): Promise<void> {
    return later(() => undefined);
  }
}

class Worker {
  constructor(queue: string, processor: Processor) {
    workers.push({ queue, processor });
  }
  on(): this {
    return this;
  }
  close(): Promise<void> {
    return later(() => undefined);
  }
}

class UnrecoverableError extends Error {}

export function bullmqModule(): Readonly<Record<string, unknown>> {
  return { Queue, Worker, UnrecoverableError };
}
