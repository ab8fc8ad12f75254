/** What is said of a guard that stands there and does not take effect. */
import { expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

const head = `import express from "express";
import { Pool } from "pg";
interface Letter {
  /** @childData contact */
  to: string;
}
const pool = new Pool();
export const app = express();
/** @guardianConsent */
async function hasConsent(email: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE email = $1", [email]);
  return rows[0]?.granted === true;
}
/** @guardianConsent */
async function requireConsent(email: string): Promise<void> {
  if (!(await hasConsent(email))) throw new Error("no consent");
}
async function assertAgreed(email: string): Promise<void> {
  if (!(await hasConsent(email))) throw new Error("no consent");
}
`;
const keep = 'pool.query("INSERT INTO letters (recipient) VALUES ($1)", [to])';

const ways: Readonly<Record<string, readonly [body: string, reason: string]>> = {
  "a promise that floats": [`requireConsent(to); await ${keep};`, "its promise is not awaited"],
  "awaited beside the store": [
    `await Promise.all([requireConsent(to), ${keep}]);`,
    "its promise is not awaited",
  ],
  "awaited after the store": [
    `const asked = requireConsent(to); await ${keep}; await asked;`,
    "its promise is not awaited",
  ],
  "an answer that nobody looks at": [`await hasConsent(to); await ${keep};`, "its answer is not tested"],
  "an answer among others that nobody looks at": [
    `const [agreed, others] = await Promise.all([hasConsent(to), pool.query("SELECT 1")]);
    if (others.rows.length > 3) return;
    await ${keep};
    console.info(agreed);`,
    "its answer is not tested",
  ],
  "an answer among others that one branch passes over": [
    `const [agreed] = await Promise.all([hasConsent(to)]);
    if (!agreed && to.length > 3) return;
    await ${keep};`,
    "this is also done where it says no",
  ],
  "one of two branches": [
    `if (to.endsWith(".cn")) await requireConsent(to); await ${keep};`,
    "another branch comes here without it",
  ],
  "an answer that only warns": [
    `if (!(await hasConsent(to))) console.warn("no consent"); await ${keep};`,
    "this is also done where it says no",
  ],
  "a helper without a mark, for each of a list, that nobody waits for": [
    `req.body.guardians.forEach(async (guardian: string) => { await assertAgreed(guardian); }); await ${keep};`,
    "it stands in a function that is called later, or never, and nothing here waits for that",
  ],
  "a helper without a mark, for each of a list, whose error is swallowed": [
    `try { await Promise.all(req.body.guardians.map((guardian: string) => assertAgreed(guardian))); } catch { console.warn("no"); } await ${keep};`,
    "the error is swallowed",
  ],
  "a loop that may be empty": [
    `for (const guardian of req.body.guardians) await requireConsent(guardian); await ${keep};`,
    "it stands in a loop",
  ],
  "a function that nobody waits for": [
    `req.body.guardians.forEach(async (guardian: string) => { await requireConsent(guardian); }); await ${keep};`,
    "it stands in a function that is called later, or never",
  ],
  "a timer": [
    `setTimeout(() => void requireConsent(to), 10); await ${keep};`,
    "it stands in a function that is called later, or never",
  ],
  "promises of a list that nobody waits for": [
    `const asked = [to].map((each) => requireConsent(each)); await ${keep}; console.info(asked.length);`,
    "its promise is not awaited",
  ],
  "a promise that is only gone on from": [
    `requireConsent(to).then(() => console.info("yes")); await ${keep};`,
    "its promise is not awaited",
  ],
  "promises of which one may fail": [
    `await Promise.allSettled([requireConsent(to)]); await ${keep};`,
    "it is waited for among promises that come out though it fails",
  ],
  "a race with a timer": [
    `await Promise.race([requireConsent(to), new Promise((done) => setTimeout(done, 10))]); await ${keep};`,
    "it is waited for among promises that come out though it fails",
  ],
  "asked after the store": [`await ${keep}; await requireConsent(to);`, "it runs after this"],
  "an error that is swallowed": [
    `try { await requireConsent(to); } catch { console.warn("no"); } await ${keep};`,
    "the error is swallowed",
  ],
};

test.each(Object.entries(ways))("%s", (_, [body, reason]) => {
  const route = `app.post("/letters", async (req) => { const { to }: Letter = req.body; ${body} });`;
  const { report } = auditFiles({ "src/letters.ts": `${head}${route}` });
  const messages = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining(`does not take effect: ${reason}`)]);
});

const elsewhere: Readonly<Record<string, readonly [routes: string, reason: string]>> = {
  "a gate for another method of the address": [
    `app.get("/other", gate, () => undefined); app.get("/letters", gate); app.post("/letters", ROUTE);`,
    "it stands before GET /letters only",
  ],
  "a gate that goes on to the next route where it says no": [
    `app.post("/letters", gateOrNextRoute, (_, res) => { res.end(); }); app.post("/letters", ROUTE);`,
    "this is also done where it says no",
  ],
  "a gate behind the router that it should stand before": [
    `const router = express.Router(); router.post("/letters", ROUTE); app.use("/v1", router); app.use("/v1", gate);`,
    "it runs after this",
  ],
};
const gates = `
async function gate(req: any, _: any, next: any) { await requireConsent(req.body.to); next(); }
async function gateOrNextRoute(req: any, _: any, next: any) {
  try { await requireConsent(req.body.to); next(); } catch { next("route"); }
}
`;

test.each(Object.entries(elsewhere))("%s", (_, [routes, reason]) => {
  const route = `async (req, res) => { const { to }: Letter = req.body; await ${keep}; res.end(); }`;
  const { report } = auditFiles({ "src/letters.ts": `${head}${gates}${routes.replace("ROUTE", route)}` });
  const messages = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(new RegExp(`gate.* does not take effect: ${reason}`, "u")),
  ]);
});

test("another job's guard is no reason, and jobs are counted as entries", () => {
  const jobs = `
async function all(): Promise<Letter[]> { return (await pool.query("SELECT recipient AS to FROM letters")).rows; }
cron.schedule("0 8 * * *", async () => {
  for (const { to } of await all()) { await requireConsent(to); await fetch("https://post.example/a", { method: "POST", body: to }); }
});
setInterval(async () => {
  for (const { to } of await all()) await fetch("https://post.example/b", { method: "POST", body: to });
}, 1000);`;
  const { report } = auditFiles({ "src/letters.ts": `import cron from "node-cron";\n${head}${jobs}` });
  const [message = ""] = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message: text }) => text);
  expect(message).not.toContain("does not take effect");
  expect(message).toContain("requireConsent is used by 1 other entry");
});

test("two guards of one name in two files are counted each by itself", () => {
  const other = `export const x = 1;
/** @guardianConsent */
async function requireConsent(id: string): Promise<void> { if (!(await fetch("/asked/" + id)).ok) throw new Error("no"); }
export async function one(id: string) { await requireConsent(id); }
export async function two(id: string) { await requireConsent(id); }
export async function three(id: string) { await requireConsent(id); }`;
  const routes = `app.post("/letters", async (req) => { const { to }: Letter = req.body; await ${keep}; });
app.post("/notes", async (req) => { await requireConsent(req.body.to); });
app.post("/cards", async (req) => { await requireConsent(req.body.to); });`;
  const { report } = auditFiles({ "src/letters.ts": `${head}${routes}`, "src/other.ts": other });
  const [message] = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message: text }) => text);
  expect(message).toContain("is used by 2 other routes");
});

test("routes of another router are counted only where the request comes to the guard", () => {
  const routers = `
const gate: express.RequestHandler = async (req, res, next) => { await requireConsent(req.body.to); next(); };
const cards = express.Router();
cards.get("/cards", (req, res) => void res.end());
cards.put("/cards/:id", gate, async (req, res) => { const { to }: Letter = req.body; await ${keep}; res.end(); });
const letters = express.Router();
letters.get("/letters", (req, res) => void res.end());
letters.delete("/letters/:id", (req, res) => void res.end());
letters.post("/letters", async (req, res) => { const { to }: Letter = req.body; await ${keep}; res.end(); });
const api = express.Router();
api.use(cards, letters);
app.use("/api", api);`;
  const { report } = auditFiles({ "src/letters.ts": `${head}${routers}` });
  const messages = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining("requireConsent is used by 1 other route")]);
});

test("who hands work to a helper that many use goes through the guard in that work, and nobody else", () => {
  const routes = `
import { AsyncLocalStorage } from "node:async_hooks";
const names = new AsyncLocalStorage<string>();
const named = <T>(name: string, work: () => T): T => names.run(name, work);
const timed = async <T>(work: () => Promise<T>): Promise<T> => { try { return await work(); } finally { console.info("done"); } };
app.post("/one", async (req) => { await timed(async () => { await requireConsent(req.body.to); const { to }: Letter = req.body; await ${keep}; }); });
app.post("/two", async (req) => { await named("two", async () => { await requireConsent(req.body.to); const { to }: Letter = req.body; await ${keep}; }); });
app.post("/three", async (req) => { await timed(async () => { const { to }: Letter = req.body; await ${keep}; }); });
app.post("/four", async (req) => { await named("four", async () => { const { to }: Letter = req.body; await ${keep}; }); });
app.get("/five", async () => { await timed(async () => 5); await named("five", async () => 5); });`;
  const { report } = auditFiles({ "src/letters.ts": `${head}${routes}` });
  const messages = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message }) => message);
  expect(messages).toHaveLength(2);
  for (const message of messages) {
    expect(message).not.toContain("does not take effect");
    expect(message).toContain("requireConsent is used by 2 other routes");
  }
});

test("a handler of errors that asks nobody is no guard of what it is registered beside", () => {
  const { report } = auditFiles({
    "src/letters.ts": `import { Hono } from "hono";
import { Pool } from "pg";
interface Letter {
  /** @childData contact */
  to: string;
}
const pool = new Pool();
/** @guardianConsent */
async function hasConsent(email: string): Promise<boolean> { return (await pool.query("SELECT granted FROM consents WHERE email = $1", [email])).rows[0]?.granted === true; }
export function makeApp() {
  const app = new Hono();
  app.onError((error, c) => { if (error instanceof TypeError) return c.json({ error: "type" }, 400); return c.json({ error: "other" }, 500); });
  app.use("/cards/*", async (c, next) => { if (!(await hasConsent(c.req.header("x-guardian") ?? ""))) return c.text("no", 403); await next(); });
  return app;
}
const app = makeApp();
app.post("/letters", async (c) => { const { to }: Letter = await c.req.json(); await ${keep}; return c.text("ok"); });
app.post("/cards/new", async (c) => { const { to }: Letter = await c.req.json(); await ${keep}; return c.text("ok"); });
export default app;`,
  });
  const messages = report.findings
    .filter(({ rule }) => rule === "require-guardian-consent")
    .map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining("it stands before /cards/* only")]);
});
