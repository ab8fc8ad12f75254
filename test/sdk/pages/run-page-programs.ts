/** Runs programs in pages of a real browser, for which every name is an address of the recorder's. */
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.js";
import { findArrivals, type StartedRun } from "../running/arrivals.js";
import { makeChild } from "../running/child-values.js";
import type { SdkOutcome } from "../running/job.js";
import { recorded, startRecorder } from "../running/recorder.js";
import type { SdkProgram } from "../sdk-program.js";
import { bundleProgram } from "./bundle-program.js";
import { answersOfPages, pageHost } from "./page-answers.js";

const closing = "close";
const secondsARun = 8;
const secondsToSettle = 10;

export async function runPagePrograms(programs: readonly SdkProgram[]): Promise<SdkOutcome> {
  const bundles = new Map<string, string>();
  for (const program of programs) bundles.set(program.name, await bundleProgram(program));
  const { web } = await startRecorder(answersOfPages(bundles));
  const browser = await openBrowser([
    `--host-resolver-rules=MAP * 127.0.0.1:${String(web)}`,
    // The recorder allows no other origin by name, and its certificate is its own.
    "--disable-web-security",
    "--ignore-certificate-errors",
  ]);
  const run = new PageRun(browser);
  try {
    await Promise.all(programs.map((program) => run.runProgram(program)));
  } finally {
    await browser.close();
  }
  return {
    arrivals: findArrivals(run.started, recorded),
    errors: run.errors,
    requests: recorded.map(({ title }) => title),
  };
}

class PageRun {
  readonly started: StartedRun[] = [];
  readonly errors: Record<string, string> = {};

  constructor(private readonly browser: Browser) {}

  /** Each in a context of its own: what one stores, and whom it knows, is none of another's. */
  async runProgram(program: SdkProgram): Promise<void> {
    const context = await this.browser.newContext({ userAgent: await this.userAgent() });
    const page = await context.newPage();
    page.on("pageerror", (error) => {
      this.note(program.name, error);
    });
    await this.inTime(program.name, page.goto(`https://${pageHost}/${program.name}`));
    for (const { name } of program.runs) await this.runOne(page, program.name, name);
    await this.inTime(`${program.name}: ${closing}`, page.evaluate(`globalThis.program?.${closing}?.()`));
    // What was gathered goes out in time, or when the page is left.
    await settled();
    await this.inTime(`${program.name}: leaving`, page.goto("about:blank"));
    await settled();
    await context.close();
  }

  private async runOne(page: Page, program: string, run: string): Promise<void> {
    const marked = makeChild(this.started.length);
    this.started.push({ program, run, ...marked });
    const call = `Promise.resolve(globalThis.program.${run}(${JSON.stringify(marked.child)})).then(() => undefined)`;
    await this.inTime(`${program}: ${run}`, page.evaluate(call));
  }

  private async inTime(where: string, work: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(reject, secondsARun * 1000, new Error("did not end in time"));
    });
    try {
      await Promise.race([work, late]);
    } catch (error) {
      this.note(where, error);
    } finally {
      clearTimeout(timer);
    }
  }

  private note(where: string, error: unknown): void {
    this.errors[where] ??= error instanceof Error ? error.message : JSON.stringify(error);
  }

  /** Some SDKs are silent before a browser that says it has no head. */
  private async userAgent(): Promise<string> {
    const page = await this.browser.newPage();
    const name = await page.evaluate<string>("navigator.userAgent");
    await page.close();
    return name.replace("Headless", "");
  }
}

/** No further request for a while. */
async function settled(): Promise<void> {
  const end = Date.now() + secondsToSettle * 1000;
  for (let count = -1; count < recorded.length && Date.now() < end;) {
    count = recorded.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}
