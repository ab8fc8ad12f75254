// request: POST /rounds [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /rounds/bonus [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /league [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /league/open [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /trophies [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /trophies/shared [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
// request: POST /hints [x-guardian: g1] {"word":"TOKEN1","speller":"TOKEN2"}
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const redis = new Redis();

interface Round {
  /** @childData education */
  word: string;
  /** @childData identity */
  speller: string;
}
type Consent = { kind: "granted"; since: string } | { kind: "missing" };
type Env = { Variables: { consent: Consent; allowed: boolean } };

/** @guardianConsent */
async function isGranted(guardianId: string): Promise<boolean> {
  return (await redis.get(`consent:${guardianId}`)) === "granted";
}

const consent = createMiddleware<Env>(async (c, next) => {
  const granted = await isGranted(c.req.header("x-guardian") ?? "");
  c.set("consent", granted ? { kind: "granted", since: new Date().toISOString() } : { kind: "missing" });
  c.set("allowed", granted);
  await next();
});

const gate = createMiddleware<Env>(async (c, next) => {
  if (c.get("consent").kind === "missing") throw new HTTPException(403);
  await next();
});

const softGate = createMiddleware<Env>(async (c, next) => {
  await next();
  if (!c.get("allowed")) throw new HTTPException(403);
});

const read = (c: { req: { json(): Promise<Round> } }) => c.req.json();

export const app = new Hono<Env>();
app.use(consent);

app.post("/rounds", gate, async (c) => {
  const round = await read(c);
  await pool.query("INSERT INTO rounds (word, speller) VALUES ($1, $2)", [round.word, round.speller]);
  return c.body(null, 201);
});
app.post("/rounds/bonus", softGate, async (c) => {
  const round = await read(c);
  await pool.query("INSERT INTO bonus (word, speller) VALUES ($1, $2)", [round.word, round.speller]); // expect: require-guardian-consent Round.word, Round.speller
  return c.body(null, 201);
});
app.post("/league", async (c) => {
  const found = c.get("consent");
  if (found.kind === "granted") {
    const { speller } = await read(c);
    await pool.query("INSERT INTO league (speller, since) VALUES ($1, $2)", [speller, found.since]);
  }
  return c.body(null, 204);
});
app.post("/league/open", async (c) => {
  const { kind } = c.get("consent");
  const { speller } = await read(c);
  const list = kind === "granted" ? "members" : "guests";
  await redis.lpush(list, speller); // expect: require-guardian-consent Round.speller
  return c.body(null, 204);
});
app.post("/trophies", async (c) => {
  if (!c.var.allowed) return c.text("Ask first", 403);
  const { speller } = await read(c);
  await redis.set("trophy", speller);
  return c.body(null, 201);
});
app.post("/trophies/shared", async (c) => {
  const { speller } = await read(c);
  if (!c.var.allowed) c.status(403);
  await fetch("https://trophies.example/new", { method: "POST", body: speller }); // expect: require-guardian-consent Round.speller
  return c.body(null);
});
app.post("/hints", async (c) => {
  const { word } = await read(c);
  const allowed = c.get("allowed");
  return allowed ? (await fetch("https://hints.example", { method: "POST", body: word })).clone() : c.text("", 403);
});
