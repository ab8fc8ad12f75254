/** Every rule has a page, every page a rule, and the code on the pages behaves as the page says. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.js";
import { auditFiles, lintFiles } from "../support/run-code.js";

const folder = new URL("../../rules/", import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.replace(/\.md$/u, ""));

/** Duties that nearly every program has to meet: only their own pages are about them. */
const apart: Readonly<Record<string, RegExp>> = {
  "require-guardian-consent": /Article 9:/u,
  "require-assessment": /Articles? 1[67]\b/u,
  "require-correction-path": /Article 19:/u,
  "require-deletion-path": /Article 2[03]:/u,
  "no-undeclared-purpose": /Article 14:/u,
  "no-unused-collection": /Article 11:/u,
  "require-retention-period": /Article 12:/u,
  "no-public-disclosure": /Article 18:/u,
  "require-access-record": /Article 15: staff/u,
};

/** Whether a message is about a duty that the page is about. */
function isOf(page: string, rule: string, message: string): boolean {
  const others = Object.entries(apart).filter(([name]) => name !== page);
  const own = apart[page];
  return own === undefined
    ? rule === page || !others.some(([, words]) => words.test(message))
    : rule === page || own.test(message);
}

interface Block {
  readonly page: string;
  readonly kind: string;
  readonly code: string;
  readonly line: number;
}

function pageOf(page: string): string {
  return readFileSync(new URL(`${page}.md`, folder), "utf8");
}

/** What no linter reads is audited beside the code that the page shows before it. */
function rulesOfNotice(page: string, notice: string): string[] {
  const code = /^```ts code\n([\s\S]*?)^```$/mu.exec(pageOf(page))?.[1] ?? "";
  const files = {
    "child-privacy.yaml": 'notices: ["notice.yaml"]\n',
    "notice.yaml": notice,
    "src/pupils.ts": code,
  };
  return auditFiles(files).report.findings.map(({ rule }) => rule);
}

function blocksOf(page: string): Block[] {
  const text = pageOf(page);
  return [...text.matchAll(/^```(?:ts|yaml) (correct|incorrect)\n([\s\S]*?)^```$/gmu)].map((match) => ({
    page,
    kind: match[1] ?? "",
    code: match[2] ?? "",
    line: text.slice(0, match.index).split("\n").length,
  }));
}

test("rules and pages are the same set", () => {
  expect(pages.toSorted()).toEqual(Object.keys(rules).toSorted());
});

describe.for(pages)("%s", (page) => {
  test("begins with the rule's name and shows what is incorrect", () => {
    expect(readFileSync(new URL(`${page}.md`, folder), "utf8").split("\n")[0]).toBe(`# ${page}`);
    expect(blocksOf(page).map((block) => block.kind)).toContain("incorrect");
  });

  test.for(blocksOf(page))("line $line is $kind", ({ kind, code }) => {
    if (page === "complete-notice") {
      const found = rulesOfNotice(page, code).filter((rule) => rule === page);
      expect(found.length > 0).toBe(kind === "incorrect");
      return;
    }
    const messages = lintFiles({ "page.ts": code }).filter((message) => !message.isSilenced);
    const said = messages
      .filter(({ rule, message }) => isOf(page, rule, message))
      // What is only possible begins with the rule's name.
      .map(({ rule, message }) => (message.startsWith(`${page}: `) ? page : rule));
    if (kind === "incorrect") expect(said).toContain(page);
    else expect(said).toEqual([]);
  });
});
