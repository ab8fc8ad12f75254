// request: POST /puzzles {"answer":"TOKEN1","guardianId":"g1"}
// request: POST /riddles {"answer":"TOKEN1","guardianId":"g1"}
// request: POST /mazes {"answer":"TOKEN1","guardianId":"g1"}
// request: POST /games/chess/moves {"answer":"TOKEN1","guardianId":"g1"}
// request: POST /games/go/moves {"answer":"TOKEN1","guardianId":"g1"}
// request: POST /games/go/comments {"answer":"TOKEN1","guardianId":"g1"}
// request: PUT /jokes/3 {"answer":"TOKEN1","guardianId":"g1"}
// request: DELETE /jokes/3 {"answer":"TOKEN1","guardianId":"g1"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import { Queue } from "bullmq";
import Koa, { type Context, type Middleware, type Next } from "koa";
import compose from "koa-compose";
import { Pool } from "pg";

const pool = new Pool();
const moves = new Queue("moves");

interface Attempt {
  /** @childData education */
  answer: string;
}

/** @guardianConsent */
const hasConsent = async (ctx: Context): Promise<boolean> => {
  const { guardianId } = ctx.request.body as { guardianId: string };
  const { rows } = await pool.query("SELECT status FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.status === "granted";
};

const attempt = (ctx: Context): Attempt => ctx.request.body as Attempt;

async function consent(ctx: Context, next: Next) {
  if (await hasConsent(ctx)) return next();
  ctx.status = 403;
}
/** Says no, and goes on. */
async function consentSaid(ctx: Context, next: Next) {
  if (!(await hasConsent(ctx))) ctx.body = "a guardian has to agree";
  return next();
}
const logged: Middleware = async (ctx, next) => {
  const start = Date.now();
  await next();
  ctx.set("x-time", String(Date.now() - start));
};

const careful = compose([logged, consent]);
const careless = compose([consentSaid, logged]);

const router = new Router();
router.post("/puzzles", careful, async (ctx) => {
  await pool.query("INSERT INTO puzzles (answer) VALUES ($1)", [attempt(ctx).answer]);
  ctx.status = 201;
});
router.post("/riddles", careless, async (ctx) => {
  await pool.query("INSERT INTO riddles (answer) VALUES ($1)", [attempt(ctx).answer]); // expect: require-guardian-consent Attempt.answer
  ctx.status = 201;
});
// The chain is started again, so the rest runs before the answer is there.
router.post(
  "/mazes",
  (ctx, next) => {
    const rest = next();
    return hasConsent(ctx).then((yes) => (yes ? rest : ctx.throw(403)));
  },
  async (ctx) => {
    await pool.query("INSERT INTO mazes (answer) VALUES ($1)", [attempt(ctx).answer]); // expect: require-guardian-consent Attempt.answer
    ctx.status = 201;
  },
);

const games = new Router({ prefix: "/games" });
games.use(["/chess", "/go/comments"], consent);
games.post("/chess/moves", async (ctx) => {
  await moves.add("chess", { answer: attempt(ctx).answer });
  ctx.status = 202;
});
games.post("/go/moves", async (ctx) => {
  await moves.add("go", { answer: attempt(ctx).answer }); // expect: require-guardian-consent Attempt.answer
  ctx.status = 202;
});
games.post("/go/comments", async (ctx) => {
  await fetch("https://comments.example/go", { method: "POST", body: JSON.stringify(attempt(ctx)) });
  ctx.status = 202;
});

const jokes = new Router();
jokes.register("/jokes/:id", ["PUT", "DELETE"], [
  async (ctx: Context, next: Next) => (ctx.method === "DELETE" ? next() : consent(ctx, next)),
  async (ctx: Context) => {
    await pool.query("UPDATE jokes SET answer = $1", [attempt(ctx).answer]); // expect: require-guardian-consent Attempt.answer
    ctx.status = 204;
  },
]);

export const app = new Koa();
app.silent = true;
app.use(bodyParser({ parsedMethods: ["POST", "PUT", "DELETE"] }));
app.use(compose([router.routes(), games.routes(), jokes.routes()]));
