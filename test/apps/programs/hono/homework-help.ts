// request: POST /api/questions {"question":"TOKEN1","guardianId":"g1"}
// request: POST /api/questions/urgent {"question":"TOKEN1","guardianId":"g1"}
// request: POST /api/questions/spoken {"question":"TOKEN1","guardianId":"g1"}
// request: POST /api/questions/public {"question":"TOKEN1","guardianId":"g1"}
// request: POST /api/questions/old {"question":"TOKEN1","guardianId":"g1"}
// request: POST /tutors/questions {"question":"TOKEN1","guardianId":"g1"}
// request: POST /tutors/chat {"question":"TOKEN1","guardianId":"g1"}
// request: POST /robot {"question":"TOKEN1","guardianId":"g1"}
// request: POST /robot/again {"question":"TOKEN1","guardianId":"g1"}
import { Hono, type Context, type MiddlewareHandler, type Next } from "hono";
import { HTTPException } from "hono/http-exception";
import { Pool } from "pg";

const pool = new Pool();

interface Question {
  /** @childData content */
  question: string;
}

/** @guardianConsent */
async function assertConsent(c: Context): Promise<void> {
  const { guardianId } = await c.req.json();
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new HTTPException(403, { message: "a guardian has to agree" });
}
/** @guardianConsent */
async function isAgreed(c: Context): Promise<boolean> {
  try {
    await assertConsent(c);
    return true;
  } catch {
    return false;
  }
}

const strict: MiddlewareHandler = async (c, next) => {
  await assertConsent(c);
  await next();
};
const unawaited: MiddlewareHandler = async (c, next) => {
  assertConsent(c);
  await next();
};
/** Makes an answer, and does not return it. */
const answersNothing: MiddlewareHandler = async (c, next) => {
  if (!(await isAgreed(c))) c.json({ error: "consent" }, 403);
  await next();
};
const swallowing = async (c: Context, next: Next) => {
  try {
    await assertConsent(c);
  } catch (error) {
    console.info("asked without consent", error instanceof HTTPException);
  }
  await next();
};
/** Decides when everything is done. */
const afterwards = async (c: Context, next: Next) => {
  await next();
  if (!(await isAgreed(c))) throw new HTTPException(403);
};

async function keep(c: Context, table: string): Promise<Response> {
  const { question } = await c.req.json<Question>();
  await pool.query(`INSERT INTO ${table} (question) VALUES ($1)`, [question]);
  return c.text("kept");
}

const api = new Hono().basePath("/api");
api.post("/questions", strict, (c) => keep(c, "questions"));
api.post("/questions/urgent", unawaited, async (c) => {
  const { question } = await c.req.json<Question>();
  await pool.query("INSERT INTO urgent (question) VALUES ($1)", [question]); // expect: require-guardian-consent Question.question
  return c.text("kept");
});
api.post("/questions/spoken", answersNothing, async (c) => {
  const { question } = await c.req.json<Question>();
  await pool.query("INSERT INTO spoken (question) VALUES ($1)", [question]); // expect: require-guardian-consent Question.question
  return c.text("kept");
});
api.post("/questions/public", swallowing, async (c) => {
  const { question } = await c.req.json<Question>();
  await pool.query("INSERT INTO public (question) VALUES ($1)", [question]); // expect: require-guardian-consent Question.question
  return c.text("kept");
});
api.post("/questions/old", afterwards, async (c) => {
  const { question } = await c.req.json<Question>();
  await pool.query("INSERT INTO old (question) VALUES ($1)", [question]); // expect: require-guardian-consent Question.question
  return c.text("kept");
});

type Variables = { agreed: boolean };
const tutors = new Hono<{ Variables: Variables }>();
tutors.use("*", async (c, next) => {
  c.set("agreed", await isAgreed(c));
  await next();
});
tutors.post("/questions", async (c) => {
  if (!c.get("agreed")) return c.text("no", 403);
  return keep(c, "tutor_questions");
});
tutors.post("/chat", async (c) => {
  const { question } = await c.req.json<Question>();
  if (c.get("agreed") !== undefined) await pool.query("INSERT INTO chat (question) VALUES ($1)", [question]); // expect: require-guardian-consent Question.question
  return c.text("kept");
});

const robot = new Hono();
robot.onError((_error, c) => c.text("the robot is silent", 503));
robot.use(async (c, next) => (await isAgreed(c)) ? next() : c.text("no", 403));
robot.post("/", async (c) => {
  const { question } = await c.req.json<Question>();
  const answer = await fetch("https://models.example/v1/chat", { method: "POST", body: JSON.stringify({ question }) });
  return c.json(await answer.json());
});
robot.post("/again", strict, async (c) => {
  const body: Question = await c.req.json();
  await fetch("https://models.example/v1/chat", { method: "POST", body: body.question });
  return c.text("sent");
});

export const app = new Hono();
app.route("/", api);
app.route("/tutors", tutors);
app.route("/robot", robot);
