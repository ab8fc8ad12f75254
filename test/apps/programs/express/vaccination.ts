// request: POST /appointments {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
// request: POST /appointments/quick {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
// request: POST /reactions {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
// request: POST /reminders {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
// request: POST /records {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
// request: POST /certificates {"child":"TOKEN1","vaccine":"TOKEN2","guardianId":"g1"}
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { Pool } from "pg";

const db = new Pool();

interface Appointment {
  /** @childData identity */
  child: string;
  /** @childData health */
  vaccine: string;
}

type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };
const ok = <T>(value: T): Result<T> => ({ ok: true, value });
const fail = (error: string): Result<never> => ({ ok: false, error });

class ConsentRefused extends Error {
  constructor(readonly guardianId: string) {
    super("consent refused");
  }
}

/** @guardianConsent */
async function consentOf(guardianId: string): Promise<boolean> {
  const result = await db.query("SELECT status FROM consents WHERE guardian_id = $1", [guardianId]);
  return result.rows[0]?.status === "granted";
}

async function withConsent(guardianId: string): Promise<Result<string>> {
  return (await consentOf(guardianId)) ? ok(guardianId) : fail("refused");
}

async function assertConsent(guardianId: string): Promise<void> {
  if (!(await consentOf(guardianId))) throw new ConsentRefused(guardianId);
}

const parse = (body: any): Appointment => ({ child: body.child, vaccine: body.vaccine });

export const app = express();
app.use(express.json());

app.post("/appointments", async (req, res) => {
  const allowed = await withConsent(req.body.guardianId);
  if (!allowed.ok) return void res.status(403).json(allowed);
  const { child, vaccine } = parse(req.body);
  await db.query("INSERT INTO appointments (child, vaccine) VALUES ($1, $2)", [child, vaccine]);
  res.status(201).json(allowed);
});

app.post("/appointments/quick", async (req, res) => {
  const allowed = await withConsent(req.body.guardianId);
  const { child, vaccine } = parse(req.body);
  await db.query("INSERT INTO appointments (child, vaccine) VALUES ($1, $2)", [child, vaccine]); // expect: require-guardian-consent Appointment.child, Appointment.vaccine
  res.status(allowed.ok ? 201 : 202).end();
});

const reactions: RequestHandler = async (req, res, next) => {
  try {
    await assertConsent(req.body.guardianId);
    await db.query("INSERT INTO reactions (vaccine) VALUES ($1)", [parse(req.body).vaccine]);
    res.sendStatus(201);
  } catch (error) {
    next(error);
  }
};
app.post("/reactions", reactions);

app.post("/reminders", async (req, res) => {
  try {
    await assertConsent(req.body.guardianId);
  } catch (error) {
    if (!(error instanceof ConsentRefused)) throw error;
    res.setHeader("x-consent", "refused");
  }
  await fetch("https://sms.example/send", { method: "POST", body: JSON.stringify(parse(req.body)) }); // expect: require-guardian-consent Appointment.child, Appointment.vaccine
  res.sendStatus(202);
});

app.post("/records", async (req, res) => {
  let allowed = false;
  try {
    await assertConsent(req.body.guardianId);
    allowed = true;
  } catch {
    res.status(403);
  }
  if (allowed) await db.query("INSERT INTO records (child) VALUES ($1)", [parse(req.body).child]);
  res.end();
});

app.post("/certificates", async (req) => {
  await assertConsent(req.body.guardianId);
});

/** Who was refused is kept for the doctor. */
const refused: ErrorRequestHandler = async (error, req, res, next) => {
  if (!(error instanceof ConsentRefused)) return next(error);
  const { child } = parse(req.body);
  await db.query("INSERT INTO refusals (child) VALUES ($1)", [child]); // expect: require-guardian-consent Appointment.child
  res.sendStatus(403);
};
app.use(refused);
