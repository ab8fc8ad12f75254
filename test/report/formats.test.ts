import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { documentFormats, renderDocument, type DocumentFormat } from "../../src/report/document.js";
import { english } from "../../src/report/messages/en.js";
import type { Rendering } from "../../src/report/rendering.js";
import { auditFiles, type Files } from "../support/run-code.js";

/** Names and texts with whatever the formats use as markup. */
const files: Files = {
  "child-privacy.yaml": 'officer: { name: "A <b>, 50% | done", contact: "x" }\n',
  "src/child.ts": `export interface Child {
  /** @childData contact */
  email: string;
  /** @childData identity */
  name: string;
}
`,
  "src/store <1>, a|b.ts": `import { Pool } from "pg";
import type { Child } from "./child.js";

const pool = new Pool();

export async function save(child: Child): Promise<void> {
  await pool.query("INSERT INTO child (email, note) VALUES ($1, '<script>alert(1)</script>')", [child.email]);
  console.log(\`| & "\${child.name}" %\`);
  // eslint-disable-next-line child-privacy/no-child-data-in-logs -- the operator's <own> terminal (until 2027-03-01)
  console.log(child.email);
}

/** @deletionPath withdrawal */
export async function withdraw(id: string): Promise<void> {
  await pool.query("DELETE FROM child WHERE id = $1", [id]);
}
`,
};

function rendering(options: Partial<Rendering> = {}, input: Files = files): Rendering {
  const { analysis, report } = auditFiles(input);
  return {
    analysis,
    report,
    texts: english,
    project: "a & b",
    prefix: "",
    failOn: "error",
    known: 0,
    ...options,
  };
}

let full: Rendering;
beforeAll(() => {
  full = rendering();
});

function render(format: DocumentFormat, options: Partial<Rendering> = {}): string {
  return renderDocument(format, { ...full, ...options });
}

test.each(documentFormats)("%s is the same twice, and ends with a line break", (format) => {
  expect(render(format)).toBe(render(format));
  expect(render(format).endsWith("\n")).toBe(true);
});

test.each(documentFormats)("%s of a folder without a finding", (format) => {
  const quiet = rendering({}, { "a.ts": "export const a = 1;\n" });
  expect(() => renderDocument(format, quiet)).not.toThrow();
});

describe("sarif", () => {
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly codeFlows?: readonly {
      readonly threadFlows: readonly { readonly locations: readonly unknown[] }[];
    }[];
    readonly suppressions?: readonly { readonly justification?: string }[];
    readonly locations: readonly {
      readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    }[];
  }
  interface Log {
    readonly runs: readonly {
      readonly results: readonly Result[];
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[];
        };
      };
    }[];
  }
  let validate: ValidateFunction;
  beforeAll(() => {
    const require = createRequire(import.meta.url);
    // It calls itself draft 4, of which it uses nothing that later drafts have not.
    const {
      $schema: _,
      id: __,
      ...schema
    } = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as Readonly<
      Record<string, unknown>
    >;
    validate = new Ajv({
      strict: false,
      allErrors: true,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile(schema);
  });
  const parse = (text: string): Log["runs"][number] => (JSON.parse(text) as Log).runs[0]!;

  test("follows the schema of SARIF 2.1.0", () => {
    validate(JSON.parse(render("sarif")));
    expect(validate.errors).toBeNull();
  });

  test("keeps each finding, with its way and its fingerprint", () => {
    const { results, tool } = parse(render("sarif"));
    const { findings, suppressed } = full.report;
    expect(results.map((result) => result.partialFingerprints["childPrivacy/v1"])).toEqual(
      [...findings, ...suppressed].map(({ fingerprint }) => fingerprint),
    );
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    const stored = results.find(({ ruleId }) => ruleId === "require-encryption");
    expect(stored?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(
      findings.find(({ rule }) => rule === "require-encryption")?.trace.length ?? -1,
    );
    expect(tool.driver.rules.every(({ help }) => help.markdown.includes("https://"))).toBe(true);
  });

  test("marks what a comment suppresses", () => {
    const suppressed = parse(render("sarif")).results.filter(
      ({ suppressions }) => suppressions !== undefined,
    );
    expect(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([
      "the operator's <own> terminal (until 2027-03-01)",
    ]);
  });

  test("names files from the top of the repository, as URIs", () => {
    const { results } = parse(render("sarif", { prefix: "apps/club/" }));
    expect(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toContain(
      "apps/club/src/store%20%3C1%3E%2C%20a%7Cb.ts",
    );
  });
});

describe("github", () => {
  test("a command a place, escaped", () => {
    const lines = render("github", { prefix: "apps/club/" }).trimEnd().split("\n");
    expect(lines.every((line) => /^::(?:error|warning) file=apps\/club\/[^:]*::\S/u.test(line))).toBe(true);
    expect(lines.find((line) => line.includes("no-child-data-in-logs"))).toMatch(
      /^::error file=apps\/club\/src\/store <1>%2C a\|b\.ts,line=8,endLine=8,col=3,endColumn=\d+,title=child-privacy\/no-child-data-in-logs::Child\.name is written/u,
    );
  });
});

describe("junit", () => {
  test("fails what --fail-on counts, and skips the rest", () => {
    const { findings } = full.report;
    const errors = findings.filter(({ severity }) => severity === "error").length;
    expect(errors).toBeGreaterThan(0);
    expect(render("junit", { failOn: "never" })).toContain('failures="0"');
    expect(render("junit").match(/<failure /gu)?.length).toBe(errors);
    expect(render("junit", { failOn: "warn" })).not.toContain("<skipped");
  });

  test("is XML: nothing in it is taken for a tag", () => {
    const text = render("junit");
    expect(text).not.toContain("<1>");
    expect(text).toContain("&lt;1&gt;");
    expect(text.match(/<testcase /gu)?.length).toBe(
      (text.match(/<testcase [^>]*\/>/gu)?.length ?? 0) + (text.match(/<\/testcase>/gu)?.length ?? 0),
    );
  });
});

describe("markdown", () => {
  test("findings as they are put under a pull request", async () => {
    const { analysis, report } = auditFiles(files, {
      rules: ["require-encryption", "no-child-data-in-logs"],
    });
    const text = render("markdown", { analysis, report });
    const [, findings = ""] = /^(## Findings$[\s\S]*?)^## /mu.exec(text) ?? [];
    await expect(findings).toMatchFileSnapshot("snapshots/findings.md");
  });

  test("tables keep their columns", () => {
    const rows = render("markdown")
      .split("\n")
      .filter((line) => line.startsWith("|"));
    const width = (row: string): number => row.match(/(?<!\\)\|/gu)?.length ?? 0;
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1];
      if (/^\| ---/u.test(row.replace(/^\|/u, "| ").replace("  ", " ")) && before !== undefined)
        expect(width(row)).toBe(width(before));
    }
  });
});

describe("html", () => {
  test("says what it is, and what it is not", () => {
    const text = render("html");
    for (const words of [
      "no audit opinion",
      "Article by article",
      "What erases what",
      "What was not examined",
      "Findings that comments suppress",
      "the operator&#39;s &lt;own&gt; terminal",
      "2027-03-01",
    ])
      expect(text).toContain(words);
  });

  test("holds no script, and nothing that is fetched", () => {
    const text = render("html");
    expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|url\(/iu);
    expect(text).toContain("default-src 'none'");
  });

  test("links every finding of an article to its place", () => {
    const text = render("html");
    const anchors = [...text.matchAll(/href="#([^"]+)"/gu)].map((match) => match[1] ?? "");
    expect(anchors.filter((anchor) => !text.includes(`id="${anchor}"`))).toEqual([]);
  });
});
