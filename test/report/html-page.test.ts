/** The page in a real browser: light and dark, without a network, wide and narrow, with a keyboard. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import { renderHtml } from "../../src/report/html/html.js";
import { english } from "../../src/report/messages/en.js";
import { canBrowse, openBrowser } from "../support/browser.js";
import { fixtureDay } from "../support/check-program.js";
import { repository } from "../support/sources.js";

const folder = mkdtempSync(join(tmpdir(), "child-privacy-page-"));
const file = join(folder, "report.html");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;

describe.skipIf(!canBrowse())("the page", () => {
  beforeAll(async () => {
    const { analysis, report } = audit({
      folder: join(repository, "examples/after-school-club"),
      today: fixtureDay,
    });
    writeFileSync(
      file,
      renderHtml({
        analysis,
        report,
        texts: english,
        project: "after-school-club",
        prefix: "",
        failOn: "error",
        known: 0,
      }),
    );
    browser = await openBrowser();
  }, 600_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    options: Parameters<Browser["newPage"]>[0] = {},
  ): Promise<Page & { readonly noise: string[] }> {
    const page = await browser.newPage({ bypassCSP: true, ...options });
    const noise: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) noise.push(request.url());
    });
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return Object.assign(page, { noise });
  }

  test("asks the network for nothing, and complains about nothing", async () => {
    const page = await open({ bypassCSP: false });
    await page.waitForLoadState("networkidle");
    expect(page.noise).toEqual([]);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "is accessible when %s",
    async (colorScheme) => {
      const page = await open({ colorScheme });
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
      await page.close();
    },
    300_000,
  );

  test("is dark where people want it dark", async () => {
    const ground = async (colorScheme: "light" | "dark"): Promise<string> => {
      const page = await open({ colorScheme });
      const color = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      await page.close();
      return color;
    };
    expect(await ground("light")).toBe("rgb(255, 255, 255)");
    expect(await ground("dark")).not.toBe("rgb(255, 255, 255)");
  });

  test.each([360, 1280])("is as wide as a window of %i pixels", async (width) => {
    const page = await open({ viewport: { width, height: 800 } });
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });

  test("leads from an article to its finding, whose steps open by keyboard", async () => {
    const page = await open();
    await page.click("#articles + .scroll a[href^='#f-']");
    const shown = page.locator("article.finding:target");
    expect(await shown.count()).toBe(1);
    const summary = page.locator("article.finding summary").first();
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("article.finding ol.steps").first().isVisible()).toBe(true);
    await page.close();
  });
});
