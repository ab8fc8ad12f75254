/** What generated programs import: the language's own modules as they are, except files, and stand-ins for packages. */
import { EventEmitter } from "node:events";
import * as stream from "node:stream";
import * as streamConsumers from "node:stream/consumers";
import * as streamPromises from "node:stream/promises";
import * as zod from "zod";

type Packages = Readonly<Record<string, unknown>>;
interface Waiting {
  readonly name: string;
  readonly data: unknown;
}
type Processor = (job: Waiting) => unknown;

const shared: Packages = {
  "node:fs": { writeFileSync: () => undefined },
  "node:events": EventEmitter,
  "node:stream": stream,
  "node:stream/consumers": streamConsumers,
  "node:stream/promises": streamPromises,
  zod,
  "acme-tools": {
    passThrough: (value: unknown) => value,
    absorb: () => "absorbed",
    withEach: (items: readonly unknown[], use: (item: unknown) => void) => {
      items.forEach((item) => {
        use(item);
      });
    },
  },
};

/** The packages of one run; `require` loads a module of the program. */
export function packagesFor(require: (specifier: string) => unknown): Packages {
  return { ...shared, "node:module": { createRequire: () => require }, bullmq: jobQueues() };
}

/** Queues and workers that meet by the queue's name; jobs wait for a worker that comes later. */
function jobQueues(): unknown {
  const processors = new Map<string, Processor[]>();
  const waiting = new Map<string, Waiting[]>();
  const run = (queue: string): void => {
    const jobs = waiting.get(queue) ?? [];
    const [processor] = processors.get(queue) ?? [];
    if (processor === undefined) return;
    for (const job of jobs.splice(0)) void Promise.resolve().then(() => processor(job));
  };
  return {
    Queue: class {
      constructor(private readonly name: string) {}
      add(name: string, data: unknown): Promise<void> {
        const jobs = waiting.get(this.name) ?? [];
        jobs.push({ name, data: JSON.parse(JSON.stringify(data)) as unknown });
        waiting.set(this.name, jobs);
        run(this.name);
        return Promise.resolve();
      }
    },
    Worker: function worker(name: string, processor: Processor): void {
      processors.set(name, [...(processors.get(name) ?? []), processor]);
      run(name);
    },
  };
}
