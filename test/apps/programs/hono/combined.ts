// request: POST /swim/enrol {"email":"TOKEN1","guardianId":"g1"}
// request: POST /swim/taster {"email":"TOKEN1","guardianId":"g1"}
// request: POST /swim/taster/enrol {"email":"TOKEN1","guardianId":"g1"}
// request: POST /gym/enrol {"email":"TOKEN1","guardianId":"g1"}
// request: POST /gym/enrol [x-role: coach] {"email":"TOKEN1","guardianId":"g1"}
// request: POST /dance/enrol {"email":"TOKEN1","guardianId":"g1"}
// request: POST /dance/show {"email":"TOKEN1","guardianId":"g1"}
// request: POST /yoga/enrol {"email":"TOKEN1","guardianId":"g1"}
// request: POST /late/enrol {"email":"TOKEN1","guardianId":"g1"}
import { Hono, type Context } from "hono";
import { every, except, some } from "hono/combine";
import { createFactory } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { Pool } from "pg";

const pool = new Pool();

interface Member {
  /** @childData contact */
  email: string;
}

/** @guardianConsent */
async function mustHaveConsent(c: Context, next: () => Promise<void>) {
  const { guardianId } = await c.req.json();
  const found = await pool.query("SELECT accepted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!found.rows[0]?.accepted) throw new HTTPException(403);
  await next();
}

const isCoach = async (c: Context, next: () => Promise<void>) => {
  if (c.req.header("x-role") !== "coach") throw new HTTPException(401);
  await next();
};
const noop = async (_c: Context, next: () => Promise<void>) => next();

export const app = new Hono();

app.use("/swim/*", except("/swim/taster", mustHaveConsent));
app.post("/swim/enrol", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO swimmers (email) VALUES ($1)", [member.email]);
  return c.text("ok");
});
app.post("/swim/taster", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO tasters (email) VALUES ($1)", [member.email]); // expect: require-guardian-consent Member.email
  return c.text("ok");
});
app.post("/swim/taster/enrol", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO swimmers (email) VALUES ($1)", [member.email]);
  return c.text("ok");
});

// One of the two is enough.
app.use("/gym/*", some(mustHaveConsent, isCoach));
app.post("/gym/enrol", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO gymnasts (email) VALUES ($1)", [member.email]); // expect: require-guardian-consent Member.email
  return c.text("ok");
});

// Both are needed.
app.use("/dance/*", every(noop, mustHaveConsent));
app.post("/dance/enrol", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO dancers (email) VALUES ($1)", [member.email]);
  return c.text("ok");
});

const factory = createFactory();
const show = factory.createHandlers(noop, async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO dancers (email) VALUES ($1)", [member.email]);
  return c.text("ok");
});
app.post("/dance/show", ...show);

const yoga = new Hono();
const enrol = factory.createHandlers(mustHaveConsent, async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO yogis (email) VALUES ($1)", [member.email]);
  return c.text("ok");
});
yoga.post("/enrol", ...enrol);
app.route("/yoga", yoga);

// The guard comes to the app when its routes are there already.
const late = new Hono();
late.post("/enrol", async (c) => {
  const member: Member = await c.req.json();
  await pool.query("INSERT INTO latecomers (email) VALUES ($1)", [member.email]); // expect: require-guardian-consent Member.email
  return c.text("ok");
});
app.route("/late", late);
app.use("*", mustHaveConsent);
