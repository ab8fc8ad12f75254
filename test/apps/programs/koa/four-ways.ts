// request: POST /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v1/notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v2/notes [x-guardian: g1] {"text":"TOKEN1"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa, { type Context, type Next } from "koa";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

async function requireConsent(ctx: Context, next: Next) {
  await assertConsent(ctx.get("x-guardian"));
  await next();
}
async function requireConsentAfterwards(ctx: Context, next: Next) {
  await next();
  await assertConsent(ctx.get("x-guardian"));
}
function requireConsentSoon(ctx: Context, next: Next) {
  assertConsent(ctx.get("x-guardian")).catch(() => undefined);
  return next();
}
async function requireConsentAnyway(ctx: Context, next: Next) {
  try {
    await assertConsent(ctx.get("x-guardian"));
  } catch {
    console.warn("no consent");
  }
  await next();
}

const noteOf = (ctx: Context): Note => ctx.request.body as Note;

const router = new Router();
router.post("/notes", requireConsent, async (ctx) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]);
  ctx.status = 201;
});
router.post("/notes/early", requireConsentAfterwards, async (ctx) => {
  // reason: it runs after this
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]); // expect: require-guardian-consent Note.text
  ctx.status = 201;
});
router.post("/notes/soon", requireConsentSoon, async (ctx) => {
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]); // expect: require-guardian-consent Note.text
  ctx.status = 201;
});
router.post("/notes/anyway", requireConsentAnyway, async (ctx) => {
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:40
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]); // expect: require-guardian-consent Note.text
  ctx.status = 201;
});
router.use("/v2", requireConsent);
router.post("/v1/notes", async (ctx) => {
  // reason: it stands before /v2 only
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]); // expect: require-guardian-consent Note.text
  ctx.status = 201;
});
router.post("/v2/notes", async (ctx) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(ctx).text]);
  ctx.status = 201;
});

export const app = new Koa();
app.use(bodyParser()).use(router.routes());
