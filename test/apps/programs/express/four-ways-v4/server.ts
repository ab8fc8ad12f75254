// request: POST /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v1/notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v2/notes [x-guardian: g1] {"text":"TOKEN1"}
import express, { Router, type NextFunction, type Request, type Response } from "express";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: string | undefined): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

async function requireConsent(req: Request, _res: Response, next: NextFunction) {
  await assertConsent(req.get("x-guardian"));
  next();
}
function requireConsentSoon(req: Request, _res: Response, next: NextFunction) {
  assertConsent(req.get("x-guardian")).catch(() => undefined);
  next();
}
async function requireConsentAnyway(req: Request, _res: Response, next: NextFunction) {
  try {
    await assertConsent(req.get("x-guardian"));
  } catch {
    console.warn("no consent");
  }
  next();
}

const noteOf = (req: Request): Note => req.body;

export const app = express();
app.use(express.json());

app.post("/notes/early", async (req, res) => {
  // reason: it runs after this
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]); // expect: require-guardian-consent Note.text
  res.sendStatus(201);
});
app.post("/notes/soon", requireConsentSoon, async (req, res) => {
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]); // expect: require-guardian-consent Note.text
  res.sendStatus(201);
});
app.post("/notes/anyway", requireConsentAnyway, async (req, res) => {
  // reason: the error is swallowed, or the answer lost, at server.ts:34
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]); // expect: require-guardian-consent Note.text
  res.sendStatus(201);
});
app.use("/notes", requireConsent);
app.post("/notes", async (req, res) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]);
  res.sendStatus(201);
});

const first = Router();
first.post("/notes", async (req, res) => {
  // reason: it stands before /notes only
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]); // expect: require-guardian-consent Note.text
  res.sendStatus(201);
});
const second = Router();
second.post("/notes", async (req, res) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(req).text]);
  res.sendStatus(201);
});
app.use("/v2", requireConsent);
app.use("/v1", first);
app.use("/v2", second);
