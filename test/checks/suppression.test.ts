import { describe, expect, test } from "vitest";
import ts from "typescript";
import { directiveWord, readSuppressions, suppressionOf } from "../../src/checks/suppression.js";
import type { RatedFinding } from "../../src/contracts/finding.js";
import { readComments } from "../../src/project/read-comments.js";

const today = "2026-11-24";

function suppressionsIn(text: string, file = "a.tsx") {
  const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  return readSuppressions(readComments(ts, sourceFile, file, directiveWord));
}

function isSilenced(
  text: string,
  line: number,
  rule = "no-child-data-in-logs",
  verdict = "proven",
  column = 1,
): boolean {
  const finding = { rule, verdict, location: { file: "a.tsx", line, column } } as RatedFinding;
  return suppressionOf(finding, suppressionsIn(text), today) !== undefined;
}

const name = "child-privacy/no-child-data-in-logs";

describe("comments count as ESLint counts them", () => {
  test("the next line, and only it", () => {
    const text = `// eslint-disable-next-line ${name} -- why\nlog();\nlog();`;
    expect([1, 2, 3].map((line) => isSilenced(text, line))).toEqual([false, true, false]);
  });

  test("the line after a block comment of several lines", () => {
    expect(isSilenced(`/* eslint-disable-next-line\n   ${name} */\nlog();`, 3)).toBe(true);
  });

  test("the same line", () => {
    expect(isSilenced(`log(); // eslint-disable-line ${name}`, 1)).toBe(true);
  });

  test("a range, to its end or to the file's", () => {
    const text = `log();\n/* eslint-disable ${name} */\nlog();\n/* eslint-enable ${name} */\nlog();\n/* eslint-disable */\nlog();`;
    expect([1, 3, 5, 7].map((line) => isSilenced(text, line))).toEqual([false, true, false, true]);
  });

  test("a range some of whose rules end earlier", () => {
    const text = `/* eslint-disable ${name}, child-privacy/require-encryption -- why */\nlog();\n/* eslint-enable ${name} */\nlog();`;
    expect(isSilenced(text, 4)).toBe(false);
    expect(isSilenced(text, 4, "require-encryption")).toBe(true);
  });

  test("a range is no line comment", () => {
    expect(isSilenced(`// eslint-disable ${name}\nlog();`, 2)).toBe(false);
  });

  test("another rule, another plugin", () => {
    expect(isSilenced("// eslint-disable-next-line no-console\nlog();", 2)).toBe(false);
    expect(isSilenced("// eslint-disable-next-line\nlog();", 2)).toBe(true);
  });

  test("not in strings, templates, expressions or JSX text", () => {
    for (const text of [
      `"// eslint-disable-next-line ${name}";\nlog();`,
      `\`\n// eslint-disable-next-line ${name}\n\`; log();`,
      `<p>\n// eslint-disable-next-line ${name}\n{log()}</p>`,
      `/[/]/ + "\\n// eslint-disable-next-line ${name}"\nlog();`,
    ]) {
      expect(suppressionsIn(text), text).toEqual([]);
    }
  });

  test("before a closing brace, in JSX braces, behind a shebang, at the end of the file", () => {
    for (const text of [
      `if (x) {\n  log();\n  // eslint-disable-next-line ${name}\n}`,
      `<p>{/* eslint-disable-next-line ${name} */}</p>`,
      `#!/usr/bin/env node\n// eslint-disable-next-line ${name}\nlog();`,
      `log();\n// eslint-disable-next-line ${name}`,
    ]) {
      expect(suppressionsIn(text), text).toHaveLength(1);
    }
  });
});

describe("a rule that a comment switches off", () => {
  test.for([
    `/* eslint ${name}: off -- why */`,
    `/* eslint ${name}: 0 */`,
    `/* eslint no-console: error, "${name}": ["off"] */`,
    `/* eslint child-privacy/require-encryption: error, ${name}: "off" */`,
  ])("is silent in the whole file, wherever it stands: %s", (comment) => {
    expect(isSilenced(`log();\n${comment}`, 1)).toBe(true);
    expect(isSilenced(`log();\n${comment}`, 1, "require-encryption")).toBe(false);
  });

  test.for([
    `/* eslint ${name}: error */`,
    `/* eslint ${name}: [2, "off"] */`,
    `/* eslint ${name}: warn -- ${name}: off */`,
    `/* eslint no-console: off */`,
    `// eslint ${name}: off`,
    `/* eslint ${name}: error */ /* eslint ${name}: off */`,
    `/* no eslint ${name}: off */`,
    `/* eslint ${name}: off -- till then (until 2026-01-01) */`,
  ])("speaks where the comment says something else: %s", (comment) => {
    expect(isSilenced(`${comment}\nlog();`, 2)).toBe(false);
  });
});

describe("what is possible", () => {
  test("is silenced by cannot-tell and by its own rule; what is proven by its own only", () => {
    const cannotTell = "// eslint-disable-next-line child-privacy/cannot-tell\nlog();";
    expect(isSilenced(cannotTell, 2, "require-encryption", "possible")).toBe(true);
    expect(isSilenced(cannotTell, 2, "require-encryption", "proven")).toBe(false);
    expect(
      isSilenced(`// eslint-disable-next-line ${name}\nlog();`, 2, "no-child-data-in-logs", "possible"),
    ).toBe(true);
  });
});

describe("reason and date", () => {
  const read = (text: string) => suppressionsIn(`// eslint-disable-next-line ${name}${text}\nlog();`)[0];

  test.for([
    ["", null, null, null],
    [" -- no log", "no log", null, null],
    [" -- no log (until 2027-03-01)", "no log", "2027-03-01", null],
    [" -- (until 2027-03-01)", null, "2027-03-01", null],
    [" -- soon (until 2027-02-30)", "soon", null, "2027-02-30"],
    [" -- 理由（until 2027-03-01）", "理由", "2027-03-01", null],
    [" -- 理由（until：２０２７－０３－０１）", "理由", "2027-03-01", null],
    [" -- x (UNTIL 2027-03-01)", "x", "2027-03-01", null],
    [" -- x (Until: 2027-03-01) y", "x y", "2027-03-01", null],
    [" -- x (until 2027-03-01", "x", "2027-03-01", null],
    [" -- 理由（until 明年）", "理由", null, "明年"],
    [
      " -- until 2027 nobody reads it (untilled soil)",
      "until 2027 nobody reads it (untilled soil)",
      null,
      null,
    ],
    [" ---- long -- dashes", "long -- dashes", null, null],
  ] as const)("%s", ([text, reason, until, malformedUntil]) => {
    expect(read(text)).toMatchObject({ reason, until, malformedUntil });
  });

  test("holds on its last day and not on the next", () => {
    const text = (until: string) => `// eslint-disable-next-line ${name} -- x (until ${until})\nlog();`;
    expect(isSilenced(text(today), 2)).toBe(true);
    expect(isSilenced(text("2026-11-23"), 2)).toBe(false);
    expect(isSilenced(text("2026-13-01"), 2)).toBe(false);
  });
});
