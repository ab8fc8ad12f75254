// request: POST /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v1/notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v2/notes [x-guardian: g1] {"text":"TOKEN1"}
import { Hono, type Context } from "hono";
import { createMiddleware } from "hono/factory";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const requireConsent = createMiddleware(async (c, next) => {
  if (!(await hasConsent(c.req.header("x-guardian")))) return c.text("no consent", 403);
  await next();
});
const requireConsentSoon = createMiddleware(async (c, next) => {
  if (!hasConsent(c.req.header("x-guardian"))) return c.text("no consent", 403);
  await next();
});
const requireConsentAnyway = createMiddleware(async (c, next) => {
  let isAgreed = true;
  try {
    isAgreed = await hasConsent(c.req.header("x-guardian"));
    if (!isAgreed) throw new Error("no consent");
  } catch {
    console.warn("no consent");
  }
  await next();
});

const noteOf = async (c: Context): Promise<Note> => c.req.json();

export const app = new Hono();
app.post("/notes/early", async (c) => {
  const { text } = await noteOf(c);
  // reason: it runs after this
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return c.text("ok");
});
app.use("/notes/early", requireConsent);
app.post("/notes", requireConsent, async (c) => {
  const { text } = await noteOf(c);
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  return c.text("ok");
});
app.post("/notes/soon", requireConsentSoon, async (c) => {
  const { text } = await noteOf(c);
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return c.text("ok");
});
app.post("/notes/anyway", requireConsentAnyway, async (c) => {
  const { text } = await noteOf(c);
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:37
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return c.text("ok");
});

const first = new Hono();
first.post("/notes", async (c) => {
  const { text } = await noteOf(c);
  // reason: it stands before /notes/early only
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return c.text("ok");
});
const second = new Hono();
second.post("/notes", async (c) => {
  const { text } = await noteOf(c);
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  return c.text("ok");
});
app.use("/v2/*", requireConsent);
app.route("/v1", first);
app.route("/v2", second);
