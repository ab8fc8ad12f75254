import { describe, expect, test } from "vitest";
import { english } from "../../src/report/messages/en.js";
import { renderExplanation, renderPretty } from "../../src/report/pretty.js";
import { auditFiles, type Files } from "../support/run-code.js";

const files: Files = {
  "src/child.ts": `export interface Child {
  /** @childData contact */
  email: string;
  /** @childData identity */
  name: string;
  id: number;
}
`,
  "src/store.ts": `import { Pool } from "pg";

const pool = new Pool();

export async function save(text: string): Promise<void> {
  await pool.query("INSERT INTO child (text) VALUES ($1)", [text]);
}
`,
  "src/enrol.ts": `import type { Child } from "./child.js";
import { save } from "./store.js";

export async function enrol(child: Child): Promise<void> {
  console.log("enrolled", child);
  await save(child.email.trim());
}
`,
};

/** Other rules come to more. */
const rules = [
  "require-encryption",
  "require-deletion-path",
  "require-guardian-consent",
  "no-child-data-in-logs",
] as const;

function pretty(input: Files, color = false): string {
  return renderPretty(auditFiles(input, { rules }).analysis, english, { color, width: 100 });
}

describe("pretty", () => {
  const text = pretty(files);

  test("as a good compiler would show it", async () => {
    await expect(text).toMatchFileSnapshot("snapshots/two-places.txt");
  });

  test("the same twice", () => {
    expect(pretty(files)).toBe(text);
  });

  test("no line is wider than asked for, but for code", () => {
    const prose = text.split("\n").filter((line) => !/^\s*>?\s*\d* \|/u.test(line) && !/^ {10}/u.test(line));
    expect(prose.filter((line) => line.length > 100)).toEqual([]);
  });

  test("colours only when asked for", () => {
    expect(text).not.toContain("\u001B");
    expect(pretty(files, true)).toContain("\u001B[");
  });

  test("says so when nothing is marked, and when nothing is wrong", () => {
    expect(pretty({ "a.ts": "export const a = 1;\n" })).toContain("Nothing is marked as child data");
    expect(pretty({ "src/child.ts": files["src/child.ts"] ?? "" })).toContain(
      "No violation found in 1 file, with 2 fields marked as child data.",
    );
  });
});

describe("explain", () => {
  test("shows every step with its code", () => {
    const { analysis } = auditFiles(files);
    const finding = analysis.findings.find((each) => each.rule === "require-encryption");
    const text =
      finding === undefined
        ? ""
        : renderExplanation(analysis, finding, english, { color: false, width: 100 });
    for (const step of [
      "src/enrol.ts:6",
      "await save(child.email.trim());",
      "src/store.ts:6",
      "Article 13",
      finding?.fingerprint ?? "?",
    ])
      expect(text).toContain(step);
  });
});

describe("the matrix entries × stores", () => {
  const erasing: Files = {
    "src/child.ts": files["src/child.ts"] ?? "",
    "src/store.ts": `import { Redis } from "ioredis";
import { Pool } from "pg";
import type { Child } from "./child.js";

const pool = new Pool();
const redis = new Redis();

export async function save(child: Child): Promise<void> {
  await pool.query("INSERT INTO child (email) VALUES ($1)", [child.email]);
  await redis.set(\`child:\${String(child.id)}\`, child.name);
}

/** @deletionPath withdrawal */
export async function withdraw(id: number): Promise<void> {
  await pool.query("DELETE FROM child WHERE id = $1", [id]);
}

/** @deletionPath shutdown */
export async function close(): Promise<void> {
  await pool.query("DELETE FROM child");
  await redis.flushdb();
}
`,
  };

  test("a row a store, a column an entry", () => {
    const text = pretty(erasing);
    expect(text).toContain(
      [
        "What erases what (2 entries, 2 stores)",
        "                         1 2",
        "  cache:ioredis/child:*  ✗ ✓  nothing erases it when asked",
        "  database:pg/child      ✓ ✓",
        "   1  consent withdrawn  withdraw",
        "   2  service shut down  close",
      ].join("\n"),
    );
  });

  test("is left out where nothing is there to erase", () => {
    expect(pretty(files)).not.toContain("What erases what");
  });
});
