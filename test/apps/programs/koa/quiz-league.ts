// request: POST /players {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /scores {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /teams {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /badges {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /avatars {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /rounds/1/answers {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /rounds/1/cheers {"nickname":"TOKEN1","guardianId":"g1"}
import { bodyParser } from "@koa/bodyparser";
import Router, { type RouterContext } from "@koa/router";
import Redis from "ioredis";
import Koa from "koa";
import { Pool } from "pg";

const pool = new Pool();
const cache = new Redis(process.env.REDIS_URL);

/** @childData account */
type Player = { nickname: string };

class Forbidden extends Error {
  status = 403;
}

/** @guardianConsent */
async function assertConsent(ctx: RouterContext): Promise<void> {
  const { guardianId } = ctx.request.body as { guardianId: string };
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new Forbidden("no consent");
}

const player = (ctx: RouterContext): Player => ({ nickname: (ctx.request.body as Player).nickname });

export const app = new Koa();
app.silent = true;

// Errors of what comes later end here, and nothing goes on behind them.
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error instanceof Forbidden ? error.status : 500;
    ctx.body = { error: "not possible" };
  }
});
app.use(bodyParser());

const router = new Router();
router.post("/players", async (ctx) => {
  await assertConsent(ctx);
  await pool.query("INSERT INTO players (nickname) VALUES ($1)", [player(ctx).nickname]);
  ctx.status = 201;
});
router.post("/scores", async (ctx) => {
  assertConsent(ctx);
  await pool.query("INSERT INTO scores (nickname) VALUES ($1)", [player(ctx).nickname]); // expect: require-guardian-consent Player.nickname
  ctx.status = 201;
});
router.post("/teams", async (ctx) => {
  await pool.query("INSERT INTO teams (nickname) VALUES ($1)", [player(ctx).nickname]); // expect: require-guardian-consent Player.nickname
  await assertConsent(ctx);
  ctx.status = 201;
});
router.post("/badges", async (ctx) => {
  await assertConsent(ctx).catch(() => {
    ctx.status = 403;
  });
  await cache.set("badge", player(ctx).nickname); // expect: require-guardian-consent Player.nickname
  ctx.body = {};
});
router.post("/avatars", async (ctx) => {
  try {
    await assertConsent(ctx);
    await cache.set("avatar", player(ctx).nickname);
    ctx.status = 201;
  } catch {
    ctx.status = 403;
  }
});

// Nested routers: what the outer one uses is for all inside.
const answers = new Router();
answers.post("/answers", async (ctx) => {
  await pool.query("INSERT INTO answers (nickname) VALUES ($1)", [player(ctx).nickname]);
  ctx.status = 201;
});
const cheers = new Router();
cheers.post("/cheers", async (ctx) => {
  await pool.query("INSERT INTO cheers (nickname) VALUES ($1)", [player(ctx).nickname]); // expect: require-guardian-consent Player.nickname
  ctx.status = 201;
});
const rounds = new Router({ prefix: "/rounds/:round" });
rounds.use(cheers.routes());
rounds.use(async (ctx, next) => {
  await assertConsent(ctx);
  return next();
});
rounds.use(answers.routes());

app.use(router.routes());
app.use(rounds.routes());
