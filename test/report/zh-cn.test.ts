import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { audit, type Audit } from "../../src/audit.js";
import { documentFormats, renderDocument } from "../../src/report/document.js";
import { renderExplanation, renderPretty } from "../../src/report/pretty.js";
import { english } from "../../src/report/messages/en.js";
import { languages } from "../../src/report/messages/text-table.js";
import { textsOf } from "../../src/report/messages/texts-of.js";
import { fixtureDay } from "../support/check-program.js";
import { auditFiles } from "../support/run-code.js";
import { repository } from "../support/sources.js";

const chinese = textsOf("zh-CN");
const options = { color: false, width: 100 };
/** Running English, which no name and no code is. */
const sentence = /(?<![\w./:`@"-])[A-Za-z][a-z]+(?: [a-z]{2,}){2,}/u;

let club: Audit;
beforeAll(() => {
  const folder = join(repository, "examples/after-school-club");
  club = audit({ folder, today: fixtureDay, language: "zh-CN" });
});

/** Whether two tables have the same keys, however deep. */
function shapeOf(value: unknown): unknown {
  if (typeof value === "function") return "text";
  if (Array.isArray(value)) return "list";
  if (value === null || typeof value !== "object") return "text";
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, shapeOf(inner)]),
  );
}

test.each(languages)("%s has every text", (language) => {
  expect(shapeOf(textsOf(language))).toEqual(shapeOf(english));
});

describe("Simplified Chinese", () => {
  test("says each finding in the law's own terms", () => {
    const messages = club.report.findings.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(50);
    expect(messages.filter((message) => !/\p{Script=Han}/u.test(message) || sentence.test(message))).toEqual(
      [],
    );
    const all = messages.join("\n");
    for (const word of [
      "监护人",
      "儿童个人信息",
      "安全评估",
      "委托协议",
      "转移",
      "披露",
      "告知",
      "撤回同意",
      "注销",
    ])
      expect(all).toContain(word);
  });

  test("says what cannot be carried out", () => {
    const { cli, git, models } = chinese;
    const said = [
      cli.noFolder("x"),
      cli.noRule("x", null, ["a"]),
      git["no-such-ref"]("x"),
      models.unknown("x", null),
    ];
    expect(said.filter((text) => !/\p{Script=Han}/u.test(text) || sentence.test(text))).toEqual([]);
  });

  test("says what a config, a record or a notice should have", () => {
    const files = {
      "child-privacy.yaml": `fields: [{ path: "", category: 1, retention: soon, purpose: x }]
stores: [{ match: x, encryptedAtRest: "" }, { match: "database:pg/x" }]
deletion: { expiresWithin: soon, retainedByLaw: [{ store: x, statute: y, until: z }] }
userAgreement: []
hostedStores: 1
officer: *nobody
assessments: [none.yaml, "r/*.yaml"]
notices: ["n/*.yaml"]
models:
  - { package: 1, versions: x, company: { name: [], role: x }, extends: 1, paths: 1 }
  - package: a
    paths:
      - { path: 1, form: x, store: 1, disclose: 1, when: 1, encrypt: 1, delete: 1, http: 1, log: 1 }
      - { path: [], store: { data: x, expires: 1, target: [] }, response: 1, calls: 1 }
      - x
`,
      "r/a.yaml": "role: 1\nscope: 1\nassessed: soon\n",
      "r/b.yaml": "a\n---\nb: <<\n",
      "n/a.yaml": 'version: []\neffective: soon\nrefusal: x\nstores: [{ medium: x, where: "" }]\n',
      "a.ts": "interface Child {\n  /** @childData contact */\n  email: string;\n}\n",
    };
    const { findings } = auditFiles(files, { language: "zh-CN" }).report;
    const messages = findings.filter(({ rule }) => rule === "valid-setup").map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(30);
    expect(messages.filter((message) => sentence.test(message) || /[”：] ?an? /u.test(message))).toEqual([]);
  });

  test("says each step", () => {
    const notes = club.report.findings.flatMap(({ trace }) => trace.map(({ note }) => note));
    expect([...new Set(notes)].filter((note) => sentence.test(note))).toEqual([]);
  });

  test("fills the article table and what was not examined", () => {
    const { articles, notExamined } = club.report;
    const notes = articles.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind !== "finding");
    expect(
      [...notes.map(({ note }) => note), ...notExamined].filter((text) => !/\p{Script=Han}/u.test(text)),
    ).toEqual([]);
  });

  test("is what every format prints", () => {
    const { analysis, report } = club;
    const rendering = {
      analysis,
      report,
      texts: chinese,
      project: "club",
      prefix: "",
      failOn: "error",
      known: 0,
    } as const;
    const words = {
      sarif: "儿童个人信息网络保护规定",
      html: "不是审计意见",
      markdown: "逐条情况",
      github: "第十三条",
      junit: "第十三条",
      json: "第十三条",
    };
    for (const format of documentFormats) expect(renderDocument(format, rendering)).toContain(words[format]);
    expect(renderDocument("html", rendering)).toContain('<html lang="zh-CN">');
    expect(renderPretty(analysis, chinese, options)).toContain("删除矩阵（5 个入口");
  });

  test("explains a finding, no line wider than asked for", () => {
    const finding = club.analysis.findings.find(({ rule }) => rule === "require-guardian-consent");
    const text = finding === undefined ? "" : renderExplanation(club.analysis, finding, chinese, options);
    expect(text).toContain("依据  第九条");
    const prose = text.split("\n").filter((line) => /^ {2}(?:依据|整改| {4}) /u.test(line));
    const width = (line: string): number =>
      Array.from(line).reduce((sum, each) => sum + (each > "\u2E80" ? 2 : 1), 0);
    expect(prose.filter((line) => width(line) > 100)).toEqual([]);
  });

  test("has no mark of its own at the beginning of a line", () => {
    const lines = renderPretty(club.analysis, chinese, options).split("\n");
    expect(lines.filter((line) => /^\s*[，。、；：）]/u.test(line))).toEqual([]);
  });
});
