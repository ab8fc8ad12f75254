// request: POST /entries [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
// request: POST /entries/anonymous [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
// request: POST /entries/public [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
// request: POST /vets [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
// request: POST /vets/urgent [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
// request: POST /stickers [x-guardian: g1] {"text":"TOKEN1","petName":"Rex"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa, { type Context, type Next } from "koa";
import { Pool } from "pg";

const pool = new Pool();

interface Entry {
  /** @childData content */
  text: string;
  petName: string;
}

/** @guardianConsent */
const guardianSaidYes = (id: string) =>
  pool
    .query("SELECT granted FROM consents WHERE guardian_id = $1", [id])
    .then(({ rows }) => rows[0]?.granted === true);

/** Whatever goes wrong is answered, not thrown. */
const answerErrors = async (ctx: Context, next: Next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = (error as { status?: number }).status ?? 500;
  }
};

const loadConsent = async (ctx: Context, next: Next) => {
  ctx.state.consent = await guardianSaidYes(ctx.get("x-guardian"));
  ctx.state.consentPromise = guardianSaidYes(ctx.get("x-guardian"));
  return next();
};

const mustHaveConsent = async (ctx: Context, next: Next) => {
  ctx.assert(ctx.state.consent, 403, "Ask your guardian");
  await next();
};

/** Wants to stop, and then goes on. */
const wouldLikeConsent = async (ctx: Context, next: Next) => {
  if (!ctx.state.consent) ctx.throw.bind(ctx, 403);
  await next();
};

const entryOf = (ctx: Context): Entry => ctx.request.body as Entry;

const router = new Router();
router.post("/entries", mustHaveConsent, async (ctx) => {
  const { text } = entryOf(ctx);
  await pool.query("INSERT INTO entries (text) VALUES ($1)", [text]);
  ctx.status = 201;
});
router.post("/entries/anonymous", async (ctx) => {
  // The name of a pet is nobody's personal information.
  await pool.query("INSERT INTO pets (pet_name) VALUES ($1)", [entryOf(ctx).petName]);
  ctx.status = 201;
});
router.post("/entries/public", wouldLikeConsent, async (ctx) => {
  const { text } = entryOf(ctx);
  await fetch("https://wall.example/entries", { method: "POST", body: JSON.stringify({ text }) }); // expect: require-guardian-consent Entry.text
  ctx.status = 201;
});
router.post("/vets", async (ctx) => {
  if (await ctx.state.consentPromise) {
    await fetch("https://vets.example/notes", { method: "POST", body: entryOf(ctx).text });
    ctx.status = 202;
  } else ctx.status = 403;
});
router.post("/vets/urgent", async (ctx) => {
  if (ctx.state.consentPromise) {
    await fetch("https://vets.example/urgent", { method: "POST", body: entryOf(ctx).text }); // expect: require-guardian-consent Entry.text
    ctx.status = 202;
  } else ctx.status = 403;
});
router.post("/stickers", async (ctx) => {
  const allowed = ctx.state.consent && ctx.method === "POST";
  if (!allowed) ctx.throw(403);
  await pool.query("INSERT INTO stickers (text) VALUES ($1)", [entryOf(ctx).text]);
  ctx.status = 201;
});

export const app = new Koa();
app.use(answerErrors).use(bodyParser()).use(loadConsent).use(router.routes());
