// request: POST /lessons/handed-on {"email":"TOKEN1","guardianId":"g1"}
// request: POST /lessons/promised {"email":"TOKEN1","guardianId":"g1"}
// request: POST /trials {"email":"TOKEN1","guardianId":"g1"}
import express from "express";
import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from "express";
import { Pool } from "pg";

const pool = new Pool();

interface Swimmer {
  /** @childData contact */
  email: string;
}

/** @guardianConsent */
async function mustHaveSigned(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("not signed");
}

const keep: RequestHandler = async (req, res) => {
  const swimmer: Swimmer = req.body;
  await pool.query("INSERT INTO swimmers (email) VALUES ($1)", [swimmer.email]); // expect: require-guardian-consent Swimmer.email
  res.status(201).end();
};
const keepTrial = async (req: Request, res: Response) => {
  const swimmer: Swimmer = req.body;
  await pool.query("INSERT INTO trials (email) VALUES ($1)", [swimmer.email]);
  res.status(201).end();
};
const anyway: ErrorRequestHandler = (error, _req, _res, next) => {
  console.error(error);
  next();
};

export const app = express();
app.use(express.json());

/** Hands the refusal on as an error, which the next one takes. */
function signed(req: Request, _res: Response, next: NextFunction): void {
  mustHaveSigned(req.body.guardianId).then(() => next(), next);
}
/** Its rejection comes to nobody: the request waits for ever. */
async function signedLater(req: Request, _res: Response, next: NextFunction): Promise<void> {
  await mustHaveSigned(req.body.guardianId);
  next();
}
/** The same, and the promise is given back. */
const signedInTheEnd = (req: Request, _res: Response, next: NextFunction) =>
  mustHaveSigned(req.body.guardianId).then(() => next());

app.post("/lessons/handed-on", signed, anyway, keep);
app.post("/trials", signedLater, anyway, keepTrial);
app.post("/lessons/promised", signedInTheEnd, anyway, keepTrial);
