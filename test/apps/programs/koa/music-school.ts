// request: POST /lessons {"email":"TOKEN1","guardianId":"g1"}
// request: POST /lessons/trial {"email":"TOKEN1","guardianId":"g1"}
// request: POST /lessons/gift {"email":"TOKEN1","guardianId":"g1"}
// request: POST /choir {"email":"TOKEN1","guardianId":"g1"}
// request: POST /choir/solo {"email":"TOKEN1","guardianId":"g1"}
// request: POST /guardians/g1/videos {"email":"TOKEN1"}
// request: POST /videos {"email":"TOKEN1"}
// request: POST /shop/strings {"email":"TOKEN1","guardianId":"g1"}
// request: POST /shop/reeds {"email":"TOKEN1","guardianId":"g1"}
import Router from "@koa/router";
import { bodyParser } from "@koa/bodyparser";
import { Queue } from "bullmq";
import Koa, { type Middleware } from "koa";
import pg from "pg";

const db = new pg.Pool();
const invitations = new Queue("invitations");

interface Student {
  /** @childData contact */
  email: string;
}

/** @guardianConsent */
async function agreed(guardianId: unknown): Promise<boolean> {
  const result = await db.query("SELECT granted FROM guardian_consents WHERE guardian_id = $1", [guardianId]);
  return Boolean(result.rows[0]?.granted);
}

const lookUpConsent: Middleware = async (ctx, next) => {
  const { guardianId } = ctx.request.body as { guardianId?: string };
  ctx.state.agreed = await agreed(guardianId);
  await next();
};
/** A promise is kept, and a promise is always true. */
const lookUpSoon: Middleware = (ctx, next) => {
  ctx.state.agreed = agreed((ctx.request.body as { guardianId: string }).guardianId);
  return next();
};

const router = new Router();
router.post("/lessons", lookUpConsent, async (ctx) => {
  const student: Student = ctx.request.body;
  if (!ctx.state.agreed) {
    ctx.status = 403;
    return;
  }
  await db.query("INSERT INTO students (email) VALUES ($1)", [student.email]);
  ctx.body = {};
});
router.post("/lessons/trial", lookUpConsent, async (ctx) => {
  const student: Student = ctx.request.body;
  if (!ctx.state.agreed) ctx.status = 403;
  await db.query("INSERT INTO trials (email) VALUES ($1)", [student.email]); // expect: require-guardian-consent Student.email
  ctx.body = {};
});
router.post("/lessons/gift", lookUpSoon, async (ctx) => {
  const student: Student = ctx.request.body;
  if (!ctx.state.agreed) return ctx.throw(403);
  await invitations.add("gift", { to: student.email }); // expect: require-guardian-consent Student.email
  ctx.body = {};
});

// Not awaited: the chain goes on while the answer is on its way.
const unawaited: Middleware = async (ctx, next) => {
  agreed((ctx.request.body as { guardianId: string }).guardianId).then((yes) => {
    if (!yes) ctx.throw(403);
  });
  await next();
};
const choir = new Router({ prefix: "/choir" });
choir.post("/", unawaited, async (ctx) => {
  const student: Student = ctx.request.body;
  await db.query("INSERT INTO choir (email) VALUES ($1)", [student.email]); // expect: require-guardian-consent Student.email
  ctx.body = {};
});
choir.post(
  "/solo",
  (ctx, next) => agreed((ctx.request.body as { guardianId: string }).guardianId).then((yes) => (yes ? next() : ctx.throw(403))),
  async (ctx) => {
    const student: Student = ctx.request.body;
    await db.query("INSERT INTO soloists (email) VALUES ($1)", [student.email]);
    ctx.body = {};
  },
);

// A parameter's middleware runs for the routes that have the parameter.
router.param("guardian", async (guardian, ctx, next) => {
  if (!(await agreed(guardian))) return ctx.throw(403);
  return next();
});
router.post("/guardians/:guardian/videos", async (ctx) => {
  const student: Student = ctx.request.body;
  await db.query("INSERT INTO videos (email) VALUES ($1)", [student.email]);
  ctx.body = {};
});
router.post("/videos", async (ctx) => {
  const student: Student = ctx.request.body;
  await db.query("INSERT INTO videos (email) VALUES ($1)", [student.email]); // expect: require-guardian-consent Student.email
  ctx.body = {};
});

// Two handlers fit the same path: the later one runs if the earlier one lets it.
router.all("/shop/{*item}", async (ctx, next) => {
  const { guardianId } = ctx.request.body as { guardianId: string };
  ctx.assert(await agreed(guardianId), 403);
  await next();
});
router.post("/shop/strings", async (ctx) => {
  const student: Student = ctx.request.body;
  await fetch("https://strings.example/orders", { method: "POST", body: JSON.stringify(student) });
  ctx.body = {};
});

const plain: Middleware = async (ctx, next) => {
  if (ctx.path !== "/shop/reeds") return next();
  const student: Student = ctx.request.body;
  await fetch("https://reeds.example/orders", { method: "POST", body: JSON.stringify(student) }); // expect: require-guardian-consent Student.email
  ctx.body = {};
};

export const app = new Koa();
app.silent = true;
app.use(bodyParser()).use(plain).use(router.routes()).use(choir.routes());
