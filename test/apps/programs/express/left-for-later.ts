// request: POST /notes {"note":"TOKEN1","guardianId":"g1"}
// request: POST /hints {"note":"TOKEN1","guardianId":"g1"}
// request: POST /drafts {"note":"TOKEN1","guardianId":"g1"}
// request: POST /drafts {"note":"TOKEN1"}
import express, { type RequestHandler } from "express";
import { Pool } from "pg";

const pool = new Pool();

interface Pupil {
  /** @childData content */
  note: string;
}

/** @guardianConsent */
async function answerOf(guardianId: unknown): Promise<"granted" | "refused" | "pending"> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows.length === 0) return "pending";
  return rows[0].granted === true ? "granted" : "refused";
}

/** Leaves the answer for later handlers. */
const ask: RequestHandler = async (req, res, next) => {
  res.locals.answer = await answerOf(req.body.guardianId);
  next();
};
/** Leaves none where nobody is named. */
const askIfNamed: RequestHandler = async (req, res, next) => {
  if (req.body.guardianId !== undefined) res.locals.reply = await answerOf(req.body.guardianId);
  next();
};

export const app = express();
app.use(express.json());

app.post("/notes", ask, async (req, res) => {
  if (res.locals.answer === "refused" || res.locals.answer === "pending") {
    res.sendStatus(403);
    return;
  }
  const { note }: Pupil = req.body;
  await pool.query("INSERT INTO notes (note) VALUES ($1)", [note]);
  res.end();
});

// Nobody has asked before.
app.post("/hints", async (req, res) => {
  if (res.locals.answer === "refused" || res.locals.answer === "pending") {
    res.sendStatus(403);
    return;
  }
  const { note }: Pupil = req.body;
  await pool.query("INSERT INTO hints (note) VALUES ($1)", [note]); // expect: require-guardian-consent Pupil.note
  res.end();
});

app.post("/drafts", askIfNamed, async (req, res) => {
  if (res.locals.reply === "refused" || res.locals.reply === "pending") {
    res.sendStatus(403);
    return;
  }
  const { note }: Pupil = req.body;
  await pool.query("INSERT INTO drafts (note) VALUES ($1)", [note]); // expect: require-guardian-consent Pupil.note
  res.end();
});
