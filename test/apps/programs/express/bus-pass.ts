// request: POST /passes {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/young {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/day {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/kind {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/summer {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/beta {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /passes/twins {"name":"TOKEN1","stop":"TOKEN2","age":9,"guardianId":"g1"}
import express from "express";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const flags = { strictConsent: process.env.STRICT_CONSENT === "1", newCards: true };

const DIGITAL_MAJORITY = 14;
const YOUNG = 12;

interface Rider {
  /** @childData identity */
  name: string;
  /** @childData location */
  stop: string;
  age: number;
}

const Body = z.object({ name: z.string(), stop: z.string(), age: z.number().int().min(0), guardianId: z.string() });

/** @guardianConsent */
async function hasGuardianConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1 LIMIT 1", [guardianId]);
  return Boolean(rows[0]?.granted);
}

/** @childCheck */
const isChild = (rider: Rider): boolean => rider.age < DIGITAL_MAJORITY;

const sell = (kind: string, rider: Rider) =>
  pool.query("INSERT INTO passes (kind, name, stop) VALUES ($1, $2, $3)", [kind, rider.name, rider.stop]);

export const app = express();
app.use(express.json());

app.post("/passes", async (req, res) => {
  const { guardianId, ...rider } = Body.parse(req.body);
  if (rider.age < DIGITAL_MAJORITY && !(await hasGuardianConsent(guardianId))) return void res.sendStatus(403);
  await sell("year", rider);
  res.sendStatus(201);
});

app.post("/passes/young", async (req, res) => {
  const { guardianId, ...rider } = Body.parse(req.body);
  // expect-next-line: valid-age-threshold
  if (rider.age <= YOUNG) {
    if (!(await hasGuardianConsent(guardianId))) return void res.sendStatus(403);
  }
  await sell("young", rider);
  res.sendStatus(201);
});

app.post("/passes/day", async (req, res) => {
  const { guardianId, ...rider } = Body.parse(req.body);
  if (isChild(rider) && !(await hasGuardianConsent(guardianId))) return void res.sendStatus(403);
  await sell("day", rider);
  res.sendStatus(201);
});

app.post("/passes/kind", async (req, res) => {
  const body = Body.parse(req.body);
  const rider: Rider = body;
  switch (true) {
    case rider.age >= 14:
      await sell("youth", rider);
      break;
    case await hasGuardianConsent(body.guardianId):
      await sell("child", rider);
      break;
    default:
      await pool.query("INSERT INTO waiting_riders (name) VALUES ($1)", [rider.name]); // expect: require-guardian-consent Rider.name
  }
  res.sendStatus(201);
});

app.post("/passes/summer", async (req, res) => {
  const body = Body.parse(req.body);
  const rider: Rider = { name: body.name, stop: body.stop, age: body.age };
  if (flags.strictConsent && !(await hasGuardianConsent(body.guardianId))) return void res.sendStatus(403);
  await pool.query("INSERT INTO summer (name, stop) VALUES ($1, $2)", [rider.name, rider.stop]); // expect: require-guardian-consent Rider.name, Rider.stop
  res.sendStatus(201);
});

app.post("/passes/beta", async (req, res) => {
  const body = Body.parse(req.body);
  const rider: Rider = { name: body.name, stop: body.stop, age: body.age };
  if (!(await hasGuardianConsent(body.guardianId))) return void res.sendStatus(403);
  if (flags.newCards) await pool.query("INSERT INTO cards (name) VALUES ($1)", [rider.name]);
  res.sendStatus(201);
});

app.post("/passes/twins", async (req, res) => {
  const body = Body.parse(req.body);
  const rider: Rider = { name: body.name, stop: body.stop, age: body.age };
  const mayGo = !isChild(rider) || (await hasGuardianConsent(body.guardianId));
  if (mayGo) await pool.query("INSERT INTO twins (name) VALUES ($1)", [rider.name]);
  res.sendStatus(mayGo ? 201 : 403);
});
