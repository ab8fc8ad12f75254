import { describe, expect, test } from "vitest";
import type { AuditOptions } from "../../src/audit.js";
import { auditFiles, type Files } from "../support/run-code.js";
import { renderPretty } from "../../src/report/pretty.js";
import { english } from "../../src/report/messages/en.js";
import { chinese } from "../../src/report/messages/zh-cn/zh-cn.js";
import { notExamined } from "../../src/report/not-examined.js";

const app = `import express from "express";
import { Pool } from "pg";
interface Body {
  /** @childData identity */
  name: string;
}
const pool = new Pool();
const app = express();
app.post("/", async (req, res) => {
  const body = req.body as Body;
  await pool.query("INSERT INTO pupil (name) VALUES ($1)", [body.name]);
  await pool.query("INSERT INTO guest (name) VALUES ($1)", [body.name]);
  await pool.query("INSERT INTO crew (name, hidden) VALUES ($1, false)", [body.name]);
  res.end();
});
app.delete("/:id", async (req, res) => {
  await pool.query("DELETE FROM pupil WHERE id = $1", [req.params.id]);
  pool.query("DELETE FROM guest WHERE id = $1", [req.params.id]);
  await pool.query("UPDATE crew SET hidden = true WHERE id = $1", [req.params.id]);
  res.end();
});
`;
const program: Files = { "src/app.ts": app };
const withConfig = (config: string, more: Files = {}): Files => ({
  ...program,
  "child-privacy.yaml": config,
  ...more,
});

function articleIn(files: Files, article: number, options: Partial<AuditOptions> = {}) {
  const { report } = auditFiles(files, options);
  const found = report.articles.find((each) => each.article === article);
  if (found === undefined) throw new Error(`no article ${String(article)}`);
  return { ...found, notes: found.evidence.map(({ note }) => note) };
}

describe("a duty that is not judged", () => {
  const off = 'rules:\n  require-deletion-path: "off"\n';

  test("is violated where it is judged", () => {
    expect(articleIn(program, 20).status).toBe("violated");
  });

  test("leaves its articles open where its rule is off, and says where", () => {
    const { status, evidence, notes } = articleIn(withConfig(off), 20);
    expect(status).toBe("undetermined");
    expect(evidence[0]).toEqual({
      kind: "left-out",
      location: { file: "child-privacy.yaml", line: 2, column: 3, endLine: 2, endColumn: 24 },
      note: "require-deletion-path is switched off, so nothing was judged by it.",
    });
    expect(notes.join(" ")).not.toMatch(/looked at|is reached from/u);
    expect(articleIn(withConfig(off), 23).status).toBe("undetermined");
    expect(articleIn(withConfig(off), 13).status).toBe("violated");
  });

  test("leaves them open where it was not asked for", () => {
    const options = { rules: ["no-child-data-in-logs"] } as const;
    expect(articleIn(program, 20, options)).toMatchObject({
      status: "undetermined",
      notes: ["require-deletion-path was left out by --rule, so nothing was judged by it."],
    });
    expect(articleIn(program, 20, { rules: ["require-deletion-path"] }).status).toBe("violated");
    // Data that nothing marks is examined by no rule.
    expect(articleIn({ "a.ts": "export const a = 1;\n" }, 20, options).status).toBe("not-applicable");
  });

  test("is judged where no nested config switches it off", () => {
    const nested: Files = { "src/app.ts": "export const a = 1;\n", "lib/app.ts": app };
    const files = { ...nested, "lib/child-privacy.yaml": off };
    expect(articleIn(files, 20)).toMatchObject({
      status: "undetermined",
      notes: [
        "require-deletion-path looked at 0 flows.",
        "require-deletion-path is switched off for 1 of 2 files, so nothing was judged by it there.",
      ],
    });
    expect(articleIn({ ...nested, "src/child-privacy.yaml": off }, 20).status).toBe("violated");
  });

  test("is not settled by what nobody is shown", () => {
    const assumed: Files = {
      "a.ts": `import { Pool } from "pg";\nimport { mystery } from "mystery";\ninterface Child {\n  /** @childData contact */\n  email: string;\n}\nexport async function f(child: Child): Promise<void> {\n  await new Pool().query("INSERT INTO child (email) VALUES ($1)", [mystery(child.email)]);\n}\n`,
    };
    const hidden = { ...assumed, "child-privacy.yaml": 'rules: { cannot-tell: "off" }\n' };
    expect(auditFiles(hidden).report.findings.filter(({ verdict }) => verdict === "possible")).toEqual([]);
    expect(articleIn(hidden, 13).notes).toContain(
      "There is something that require-encryption cannot tell for certain, and cannot-tell, which would show it, is switched off.",
    );
    expect(articleIn(assumed, 13).notes.join(" ")).not.toContain("cannot-tell");
  });

  test("is named at the end of what people read", () => {
    const { analysis } = auditFiles(withConfig(off), { rules: ["require-deletion-path"] });
    const text = renderPretty(analysis, english, { color: false, width: 100 });
    expect(text).toContain(
      "Not examined: what require-deletion-path looks for: it is switched off (child-privacy.yaml:2)",
    );
  });
});

test("only deletions that delete speak for article 20", () => {
  const { notes } = articleIn(program, 20);
  expect(notes.filter((note) => note.includes("is reached"))).toEqual([]);
  const { evidence } = articleIn(
    { "src/app.ts": app.replaceAll(/^.*INSERT INTO (?:guest|crew).*\n/gmu, "") },
    20,
  );
  expect(evidence.filter(({ kind }) => kind === "place")).toMatchObject([
    { location: { line: 15 }, note: "pool.query is reached from DELETE /:id." },
  ]);
});

describe("what was not examined", () => {
  const { report } = auditFiles(program);

  test("is as little as can be where nothing was left out", () => {
    expect(report.notExamined).toEqual(english.notExamined);
  });

  test("names excluded, generated, unnamed and test files with their number", () => {
    const one = "export const a = 1;\n";
    const files = withConfig('exclude: ["src/legacy/**"]\n', {
      "src/legacy/a.ts": one,
      "src/legacy/b.ts": one,
      "src/a.test.ts": one,
      "src/made.ts": `// @generated by a tool\n${one}`,
      "tsconfig.json": '{ "include": ["src"] }',
      "tools/a.ts": one,
    });
    expect(auditFiles(files).report.notExamined.slice(english.notExamined.length)).toEqual([
      "2 files that exclude: names (src/legacy/**); data is followed through them, and nothing in them is reported",
      "1 file of tests (by their names and folders), which --include-tests adds",
      "1 file that a tool wrote, as their first lines say; data is followed through them, and nothing in them is reported",
      "1 file that neither include: nor a tsconfig names; data is followed through them, and nothing in them is reported",
    ]);
    expect(auditFiles(files, { includeTests: true }).report.notExamined.join()).not.toContain("of tests");
  });

  test("names rules that are off and rules that were not asked for", () => {
    const { analysis, report: narrow } = auditFiles(withConfig('rules: { require-encryption: "off" }\n'), {
      rules: ["require-encryption", "no-child-data-in-logs"],
    });
    expect(narrow.notExamined.slice(english.notExamined.length)).toEqual([
      "whatever other rules look for than those that --rule names (no-child-data-in-logs, require-encryption)",
      "what require-encryption looks for: it is switched off (child-privacy.yaml:1)",
    ]);
    const inChinese = notExamined(analysis, chinese);
    expect(inChinese.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });
});
