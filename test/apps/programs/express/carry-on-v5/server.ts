// request: POST /scores {"score":"TOKEN1","guardianId":"g1"}
// request: POST /badges {"score":"TOKEN1","guardianId":"g1"}
import express from "express";
import type { ErrorRequestHandler, RequestHandler } from "express";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const redis = new Redis();

interface Played {
  /** @childData education */
  score: string;
}

/** @guardianConsent */
async function assertAgreed(guardianId: unknown): Promise<void> {
  const found = await pool.query("SELECT granted FROM guardian_consents WHERE guardian_id = $1", [guardianId]);
  if (!found.rows[0]?.granted) throw new Error("no guardian has agreed");
}

const agreed: RequestHandler = async (req, _res, next) => {
  await assertAgreed(req.body.guardianId);
  next();
};
/** Express 5 brings what `agreed` rejects with here. */
const goOn: ErrorRequestHandler = (_error, _req, _res, next) => next();
const stop: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(403).send(String(error));
};

export const app = express();
app.use(express.json());
app.post("/scores", agreed, goOn, async (req, res) => {
  const { score }: Played = req.body;
  await redis.set("best", score); // expect: require-guardian-consent Played.score
  res.end();
});
app.post("/badges", agreed, stop, async (req, res) => {
  const { score }: Played = req.body;
  await redis.set("badge", score);
  res.end();
});
