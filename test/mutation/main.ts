/**
 * `npm run mutate -- [words]`: switches each rule of the lowering and each entry of the solver's tables off, one at a
 * time, and asks who notices: the fixtures that use it, then generated programs, then the graphs of
 * `fixtures/lower`. Exits with 1 if a rule of the lowering is noticed by nobody.
 */
import { Worker } from "node:worker_threads";
import type { Answer, FixtureRun, Noticer, Request } from "./trial.js";

/** A mutant that takes so much longer than the fixtures take without it does not end. */
const timesLonger = 6;
const secondsAtLeast = 120;
const secondsForAll = 900;

/** Needed only where a compiler hands in nodes that do not know their parents: `test/lower/limits.test.ts`. */
const heldByUnitTests = /lower-file\.ts (?:hasParents|setParents)$/u;

class Engine {
  private worker = this.start();
  private hasPrograms = false;

  private start(): Worker {
    return new Worker(new URL("run.mjs", import.meta.url), {
      workerData: { module: new URL("worker.ts", import.meta.url).href },
    });
  }

  /** Null where no answer came in time. */
  async ask(request: Request, seconds: number): Promise<Answer | null> {
    const { worker } = this;
    const answer = await new Promise<Answer | null>((resolve) => {
      const timer = setTimeout(settle, seconds * 1000, null);
      function settle(given: Answer | null): void {
        clearTimeout(timer);
        worker.off("message", settle).off("error", fail);
        resolve(given);
      }
      function fail(): void {
        settle(null);
      }
      worker.once("message", settle).once("error", fail);
      worker.postMessage(request);
    });
    if (answer === null) {
      await worker.terminate();
      this.worker = this.start();
      this.hasPrograms = false;
    }
    return answer;
  }

  /** Generated programs are made once a worker. */
  async makePrograms(): Promise<void> {
    if (this.hasPrograms) return;
    const made = await this.ask({ kind: "generate" }, secondsForAll);
    if (made === null) throw new Error("the generated programs did not run");
    this.hasPrograms = true;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

interface Trial {
  readonly rule: string;
  readonly by: Noticer | null;
  readonly difference: string;
}

async function tryOut(engine: Engine, rule: string, runs: readonly FixtureRun[]): Promise<Trial> {
  const using = runs
    .filter(({ used }) => used.includes(rule))
    .sort((a, b) => a.milliseconds - b.milliseconds);
  const fixtures = using.map(({ name }) => name);
  const usual = using.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const seconds = Math.max(secondsAtLeast, usual * timesLonger);
  const isLowering = rule.startsWith("src/lower/");
  const noticers: readonly Noticer[] = isLowering ? ["fixtures", "oracle", "graphs"] : ["fixtures", "oracle"];
  for (const by of noticers) {
    if (by === "fixtures" && fixtures.length === 0) continue;
    if (by === "oracle") await engine.makePrograms();
    const answer = await engine.ask({ kind: "try", rule, by, fixtures }, seconds);
    const difference = answer?.kind === "tried" ? answer.difference : "does not end";
    if (difference !== null) return { rule, by, difference };
  }
  return { rule, by: null, difference: `used by ${String(fixtures.length)} fixtures` };
}

const words = process.argv.slice(2);
const engine = new Engine();
const start = await engine.ask({ kind: "fixtures" }, secondsForAll);
if (start?.kind !== "fixtures") throw new Error("the fixtures were not analysed");
const tried = start.rules.filter(
  (rule) => !heldByUnitTests.test(rule) && (words.length === 0 || words.some((word) => rule.includes(word))),
);
const trials: Trial[] = [];
for (const [index, rule] of tried.entries()) {
  const trial = await tryOut(engine, rule, start.runs);
  trials.push(trial);
  process.stderr.write(
    `${String(index + 1)} of ${String(tried.length)} ${trial.by ?? "NOBODY"}: ${rule} (${trial.difference})\n`,
  );
}
await engine.stop();

const noticed = (by: Noticer | null): number => trials.filter((trial) => trial.by === by).length;
const survivors = trials.filter((trial) => trial.by === null);
for (const { rule, difference } of survivors)
  process.stdout.write(`nobody notices ${rule} (${difference})\n`);
for (const { rule, difference } of trials.filter((trial) => trial.by === "graphs"))
  process.stdout.write(`only graphs notice ${rule} (${difference})\n`);
process.stdout.write(
  [
    `rules ${String(trials.length)}`,
    `noticed by fixtures ${String(noticed("fixtures"))}`,
    `by generated programs ${String(noticed("oracle"))}`,
    `by graphs ${String(noticed("graphs"))}`,
    `by nobody ${String(survivors.length)}`,
  ].join(", ") + "\n",
);
process.exitCode = survivors.some(({ rule }) => rule.startsWith("src/lower/")) ? 1 : 0;
