/** Consent checks in long functions and behind long chains of calls: found, and in no more than the time of a test. */
import { expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

const head = `import express from "express";
import { Pool } from "pg";
interface Child {
  /** @childData contact */
  email: string;
  guardianId: string;
  kind: string;
}
const pool = new Pool();
export const app = express();
/** @guardianConsent */
async function hasConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}
`;

const keep = 'await pool.query("INSERT INTO child (email) VALUES ($1)", [child.email]);';

function lines(size: number, line: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => line(index)).join("\n");
}

/** A route whose body is written of `before`, the test, and what keeps the child. */
function route(before: string, ask: string): string {
  return `app.post("/child", async (req) => {\nconst child: Child = req.body;\n${before}\nif (!(${ask})) return;\n${keep}\n});`;
}

const asked = "await hasConsent(child.guardianId)";
const nobody = "child.kind !== ''";

const shapes: Readonly<
  Record<string, readonly [size: number, write: (size: number, ask: string) => string]>
> = {
  "branches before the check": [
    800,
    (size, ask) =>
      route(
        lines(size, (index) => `if (child.kind === "k${String(index)}") console.info(1);`),
        ask,
      ),
  ],
  "returns before the check": [
    800,
    (size, ask) =>
      route(
        lines(size, (index) => `if (child.kind === "k${String(index)}") return;`),
        ask,
      ),
  ],
  "cases before the check": [
    800,
    (size, ask) =>
      route(`switch (child.kind) {\n${lines(size, (index) => `case "k${String(index)}": break;`)}\n}`, ask),
  ],
  "an answer that is narrowed again and again": [
    20,
    (size, ask) =>
      route(
        `let ok = ${ask};\n${lines(size, (index) => `if (child.kind === "k${String(index)}") ok = ok && child.kind.length > 1;`)}`,
        "ok",
      ),
  ],
  "an answer through functions": [
    400,
    (size, ask) =>
      `${lines(size, (index) => `async function ask${String(index)}(child: Child): Promise<boolean> { return ${index === size - 1 ? ask : `ask${String(index + 1)}(child)`}; }`)}\n${route("", "await ask0(child)")}`,
  ],
  "calls behind the check": [
    400,
    (size, ask) =>
      `${lines(size, (index) => `async function keep${String(index)}(child: Child) { ${index === size - 1 ? keep : `await keep${String(index + 1)}(child);`} }`)}\n${route("", ask).replace(keep, "await keep0(child);")}`,
  ],
  "a chain of promises": [
    80,
    (size, ask) =>
      `app.post("/child", (req) => { const child: Child = req.body; Promise.resolve().then(async () => ${ask})${".then((ok) => ok)".repeat(size)}.then(async (ok) => { if (ok) { ${keep} } }); });`,
  ],
  "middlewares of one app": [
    100,
    (size, ask) =>
      `${lines(size, (index) => `app.use("/p${String(index)}", async (req, res, next) => { const child: Child = req.body; if (${ask}) next(); else res.end(); });`)}\n${route("", "true").replace('"/child"', `"/p${String(size - 1)}/child"`)}`,
  ],
};

function consentFindings(text: string): number {
  const { report } = auditFiles({ "main.ts": head + text });
  return report.findings.filter(({ rule }) => rule === "require-guardian-consent").length;
}

test.each(Object.entries(shapes))("%s", (_, [size, write]) => {
  expect(consentFindings(write(size, asked)), "asked").toBe(0);
  expect(consentFindings(write(size, nobody)), "nobody asked").toBe(1);
});
