import { describe, expect, test } from "vitest";
import { reportSchema } from "../../src/contracts/report.js";
import { auditFiles, type Files } from "../support/run-code.js";

const child =
  "export interface Child {\n  /** @childData contact\n   *  @purpose service\n   *  @retention 180d */\n  email: string;\n}\n";
const stores: Files = {
  "a.ts": `import { Pool } from "pg";\nimport type { Child } from "./child";\nconst pool = new Pool();\nexport async function f(child: Child): Promise<void> {\n  await pool.query("INSERT INTO child (email) VALUES ($1)", [child.email]);\n}\n`,
  "child.ts": child,
};
const sealed: Files = {
  ...stores,
  "a.ts": (stores["a.ts"] ?? "")
    .replace("const pool", "/** @encrypts */\ndeclare function seal(text: string): string;\nconst pool")
    .replace("[child.email]", "[seal(child.email)]"),
};

function statusOf(files: Files, article: number): string | undefined {
  return auditFiles(files).report.articles.find((each) => each.article === article)?.status;
}

describe("the report", () => {
  const { report } = auditFiles(stores);

  test("is what its schema says", () => {
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });

  test("keeps each finding with its field, sink, trace and mend", () => {
    const found = report.findings.filter(({ rule }) => rule === "require-encryption");
    expect(found).toMatchObject([
      {
        rule: "require-encryption",
        severity: "error",
        verdict: "proven",
        articles: [13],
        location: { file: "a.ts", line: 5, column: 9 },
        field: {
          name: "Child.email",
          category: "contact",
          declaration: { file: "child.ts", line: 5, column: 3 },
        },
        sink: { medium: "database", target: "child" },
      },
    ]);
    const [finding] = found;
    expect(finding?.trace.at(-1)).toMatchObject({ file: "a.ts", line: 5 });
    expect(finding?.fix).toMatch(/^Encrypt it before this call/u);
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/u);
  });

  test("maps fields, stores and flows", () => {
    expect(report.dataMap.fields).toMatchObject([
      { name: "Child.email", purposes: ["service"], retention: "180d" },
    ]);
    expect(report.dataMap.stores).toMatchObject([
      {
        medium: "database",
        client: "pg",
        target: "child",
        fields: ["Child.email"],
        protection: ["raw"],
        declared: null,
      },
    ]);
    expect(report.dataMap.flows).toMatchObject([
      { field: "Child.email", to: "database:pg/child", protection: "raw", verdict: "proven" },
    ]);
  });

  test("counts files and lines", () => {
    expect(report.stats).toMatchObject({ files: 2, lines: 12 });
  });
});

describe("the table of articles", () => {
  test("has all of them, and calls none met", () => {
    const { articles } = auditFiles(stores).report;
    expect(articles.map((each) => each.article)).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
  });

  test("13 is violated, declared, without a violation, or does not apply", () => {
    const declared = 'stores: [{ match: "database:pg/*", encryptedAtRest: docs }]\n';
    expect(statusOf(stores, 13)).toBe("violated");
    expect(statusOf({ ...stores, "child-privacy.yaml": declared }, 13)).toBe("declared");
    expect(statusOf(sealed, 13)).toBe("no-violation-found");
    // Nothing is kept that could be encrypted, so nothing was looked at.
    expect(statusOf({ "child.ts": child }, 13)).toBe("not-applicable");
    expect(statusOf({ "a.ts": "export const a = 1;\n" }, 13)).toBe("not-applicable");
  });

  test("a violated article says what was looked at, and where it is violated", () => {
    const row = auditFiles(stores).report.articles.find(({ article }) => article === 13);
    const kinds = row?.evidence.map(({ kind }) => kind) ?? [];
    expect(kinds).toContain("finding");
    const notes = row?.evidence.flatMap(({ kind, note }) => (kind === "check" ? [note] : []));
    expect(notes?.some((note) => /^require-encryption looked at [1-9]/u.test(note))).toBe(true);
  });

  test("13 cannot be told where a file was not read in full", () => {
    expect(statusOf({ "child.ts": child, "bad.ts": "export const a = ;\n" }, 13)).toBe("undetermined");
    expect(statusOf({ ...sealed, "b.ts": 'import "./none";\n' }, 13)).toBe("no-violation-found");
  });

  test("20 cannot be told where a migration was not read", () => {
    const erased: Files = {
      ...sealed,
      "b.ts": `import { Pool } from "pg";\nconst pool = new Pool();\n/** @deletionPath request */\nexport async function g(id: string): Promise<void> {\n  await pool.query("DELETE FROM child WHERE id = $1", [id]);\n}\n`,
    };
    expect(statusOf(erased, 20)).toBe("no-violation-found");
    expect(statusOf({ ...erased, "migrations/1.sql": "CREATE TABLE child (id int;\n" }, 20)).toBe(
      "undetermined",
    );
    expect(statusOf({ ...erased, "migrations/1.sql": "CREATE TABLE child (id int);\n" }, 20)).toBe(
      "no-violation-found",
    );
  });

  test("8 and 21 rest on papers", () => {
    const papers =
      'officer: { name: a, contact: b }\nspecialRules: "https://x"\nuserAgreement: "https://y"\nemergencyPlan: plan.md\n';
    const files = (config: string): Files => ({ "child.ts": child, "child-privacy.yaml": config });
    expect([statusOf(files(papers), 8), statusOf(files(papers), 21)]).toEqual(["declared", "declared"]);
    expect([
      statusOf(files("emergencyPlan: plan.md\n"), 8),
      statusOf(files("emergencyPlan: plan.md\n"), 21),
    ]).toEqual(["violated", "declared"]);
    expect([statusOf({ "child.ts": child }, 8), statusOf({ "child.ts": child }, 21)]).toEqual([
      "undetermined",
      "undetermined",
    ]);
  });

  test("13 is not clean where a comment silences what was found", () => {
    const silenced = (stores["a.ts"] ?? "").replace(
      "  await",
      "  // eslint-disable-next-line child-privacy/require-encryption -- the disk is encrypted\n  await",
    );
    const { articles } = auditFiles({ ...stores, "a.ts": silenced }).report;
    const row = articles.find(({ article }) => article === 13);
    expect(row?.status).toBe("undetermined");
    expect(row?.evidence).toContainEqual(
      expect.objectContaining({
        kind: "suppressed",
        location: expect.objectContaining({ line: 6 }) as unknown,
      }),
    );
  });

  test("13 is not declared by what is said of another store", () => {
    const declared = 'stores: [{ match: "cache:ioredis/*", encryptedAtRest: docs }]\n';
    expect(statusOf({ ...sealed, "child-privacy.yaml": declared }, 13)).toBe("no-violation-found");
  });

  test("14 cannot be told of fields that say nothing of purposes", () => {
    const track = `import posthog from "posthog-js";\nimport type { Child } from "./child";\n/** @guardianConsent */\ndeclare function agreed(): Promise<void>;\nexport async function track(child: Child): Promise<void> {\n  await agreed();\n  posthog.capture("seen", { email: child.email });\n}\n`;
    const said = child.replace("@purpose service", "@purpose analytics");
    const unsaid = child.replace("@purpose service", "");
    expect(statusOf({ "a.ts": track, "child.ts": said }, 14)).toBe("no-violation-found");
    expect(statusOf({ "a.ts": track, "child.ts": unsaid }, 14)).toBe("undetermined");
    expect(statusOf({ "a.ts": track, "child.ts": child }, 14)).toBe("violated");
  });

  test("16 is declared where a record of the register covers it", () => {
    const files: Files = {
      "child.ts": child,
      "a.ts": `import { Resend } from "resend";\nimport type { Child } from "./child";\nconst resend = new Resend("k");\nexport async function f(child: Child): Promise<void> {\n  await resend.emails.send({ from: "a", to: child.email, subject: "s", text: "t" });\n}\n`,
      "child-privacy.yaml": 'assessments: ["records/*.yaml"]\n',
      "records/resend.yaml":
        "recipient: Resend\nrole: processor\nassessed: 2026-03-01\nagreement: { signed: 2026-02-10, document: a, responsibilities: b, period: c, nature: d, purpose: e }\n",
    };
    const { articles } = auditFiles(files).report;
    expect(articles.find(({ article }) => article === 16)).toMatchObject({
      status: "declared",
      evidence: [{ kind: "check" }, { kind: "declared", location: { file: "records/resend.yaml" } }],
    });
    expect(statusOf({ ...files, "records/resend.yaml": "" }, 16)).toBe("violated");
  });

  test("20 names what erases, or the law that keeps it; 23 asks for a way that ends the service", () => {
    const path = (kind: string, text: string): string =>
      `/** @deletionPath ${kind} */\nexport async function ${kind}(id: string): Promise<void> {\n  await pool.query("${text}");\n}\n`;
    const erased = `${stores["a.ts"] ?? ""}${path("request", "DELETE FROM child")}`;
    const ended = `${erased}${path("shutdown", "TRUNCATE child")}`;
    const row = (files: Files, article: number): unknown =>
      auditFiles(files).report.articles.find((each) => each.article === article);
    expect(row({ ...stores, "a.ts": erased }, 20)).toMatchObject({
      status: "no-violation-found",
      evidence: [{ kind: "check" }, { kind: "place", location: { file: "a.ts", line: 9 } }],
    });
    expect(statusOf({ ...stores, "a.ts": erased }, 23)).toBe("undetermined");
    expect(statusOf({ ...stores, "a.ts": ended }, 23)).toBe("no-violation-found");
    const law =
      'deletion: { retainedByLaw: [{ store: "database:pg/child", statute: "a law of 2020", until: 3y }] }\n';
    expect(statusOf({ ...stores, "child-privacy.yaml": law }, 20)).toBe("declared");
    expect(statusOf(stores, 20)).toBe("violated");
  });

  test("what code cannot show is said", () => {
    const { articles } = auditFiles(stores).report;
    expect(articles[0]).toMatchObject({ article: 1, status: "undetermined" });
    expect(articles[27]).toMatchObject({ article: 28, status: "undetermined" });
  });
});

describe("papers", () => {
  const about = (files: Files): string[] =>
    auditFiles(files)
      .report.findings.filter((finding) => finding.rule === "valid-setup")
      .map((finding) => finding.message);

  test("are asked for where there is a config and child data", () => {
    const [message, ...rest] = about({
      "child.ts": child,
      "child-privacy.yaml": "officer: { name: a, contact: b }\n",
    });
    expect(message).toContain("The config says nothing of specialRules, userAgreement and emergencyPlan");
    expect(rest).toEqual([]);
  });

  test("stand in the rows of their articles, the named ones and the lacking ones, also where these are violated", () => {
    const rows = (config: string): readonly (readonly [string, readonly string[]] | undefined)[] => {
      const { articles } = auditFiles({ "child.ts": child, "child-privacy.yaml": config }).report;
      return [8, 21].map((number) => {
        const row = articles.find(({ article }) => article === number);
        return row && [row.status, row.evidence.map(({ kind, note }) => `${kind}: ${note}`)];
      });
    };
    const officer = "officer: { name: a, contact: b }\n";
    const rules = 'specialRules: "https://a.example/r"\nuserAgreement: "https://a.example/u"\n';
    const plan = 'emergencyPlan: "https://a.example/p"\n';
    expect(rows(officer)).toEqual([
      [
        "violated",
        [
          "declared: Declared, not verified: officer: a, b.",
          "check: Looked for, and not named: specialRules, userAgreement.",
          "finding: valid-setup",
        ],
      ],
      ["violated", ["check: Looked for, and not named: emergencyPlan.", "finding: valid-setup"]],
    ]);
    expect(rows(officer + rules)[0]?.[0]).toBe("declared");
    expect(rows(officer + rules)[1]?.[0]).toBe("violated");
    expect(rows(rules + plan)[1]).toEqual([
      "declared",
      ["declared: Declared, not verified: emergencyPlan: https://a.example/p."],
    ]);
  });

  test("and neither in a bare folder nor where nothing is child data", () => {
    expect(about({ "child.ts": child })).toEqual([]);
    expect(about({ "a.ts": "export const a = 1;\n", "child-privacy.yaml": "hostedStores: false\n" })).toEqual(
      [],
    );
  });
});

test("a suppressed finding is listed with its reason and day", () => {
  const code = `${child}export function f(child: Child): void {\n  // eslint-disable-next-line child-privacy/no-child-data-in-logs -- shown on the spot (until 2027-03-01)\n  console.log(child.email);\n}\n`;
  const before = auditFiles({ "a.ts": code }).report;
  expect(before.findings).toEqual([]);
  expect(before.suppressed).toMatchObject([
    {
      rule: "no-child-data-in-logs",
      reason: "shown on the spot",
      until: "2027-03-01",
      location: { line: 9 },
    },
  ]);
  const after = auditFiles({ "a.ts": code }, { today: "2027-03-02" }).report;
  expect(after.findings.map((finding) => finding.rule)).toEqual(["valid-setup", "no-child-data-in-logs"]);
  expect(after.suppressed).toEqual([]);
});
