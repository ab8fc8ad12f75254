// request: POST /kids/42/photo {"nickname":"TOKEN1"}
// request: POST /friends/42/photo {"nickname":"TOKEN1"}
// request: POST /league/join {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /league/quick-join {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /chat/messages {"text":"TOKEN1","guardianId":"g1"}
// request: POST /chat/drafts {"text":"TOKEN1","guardianId":"g1"}
// request: POST /forum/messages {"text":"TOKEN1","guardianId":"g1"}
// request: POST /forum/reports {"text":"TOKEN1","guardianId":"g1"}
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const redis = new Redis();

interface Player {
  /** @childData identity */
  nickname: string;
}
interface Message {
  /** @childData communication */
  text: string;
}

class ConsentMissing extends Error {}

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new ConsentMissing(guardianId);
}

export const app = express();
app.use(express.json());

// A parameter's callback runs before the routes that name the parameter, and before no others.
app.param("kid", async (_req, _res, next, kid: string) => {
  await assertConsent(kid);
  next();
});
app.post("/kids/:kid/photo", async (req, res) => {
  const player: Player = req.body;
  await pool.query("INSERT INTO photos (owner) VALUES ($1)", [player.nickname]);
  res.end();
});
app.post("/friends/:friend/photo", async (req, res) => {
  const player: Player = req.body;
  await pool.query("INSERT INTO photos (owner) VALUES ($1)", [player.nickname]); // expect: require-guardian-consent Player.nickname
  res.end();
});

// The error is caught, and the chain goes on all the same.
const lenient: RequestHandler = async (req, _res, next) => {
  try {
    await assertConsent(req.body.guardianId);
  } catch (error) {
    console.warn("consent is not clear", error instanceof ConsentMissing);
  }
  next();
};
const strict: RequestHandler = async (req, _res, next) => {
  try {
    await assertConsent(req.body.guardianId);
    next();
  } catch (error) {
    next(error);
  }
};
app.post("/league/join", strict, async (req, res) => {
  const player: Player = { nickname: req.body.nickname };
  await redis.set(`league:${req.body.guardianId}`, player.nickname);
  res.end();
});
app.post("/league/quick-join", lenient, async (req, res) => {
  const player: Player = { nickname: req.body.nickname };
  await redis.set(`league:${req.body.guardianId}`, player.nickname); // expect: require-guardian-consent Player.nickname
  res.end();
});

// Nobody waits for the promise; the chain has gone on when it rejects.
const impatient: RequestHandler = (req, _res, next) => {
  assertConsent(req.body.guardianId).catch(next);
  next();
};
const patient: RequestHandler = (req, _res, next) => {
  assertConsent(req.body.guardianId).then(() => next(), next);
};
app.post("/chat/messages", patient, async (req, res) => {
  const message: Message = req.body;
  await pool.query("INSERT INTO messages (body) VALUES ($1)", [message.text]);
  res.end();
});
app.post("/chat/drafts", impatient, async (req, res) => {
  const message: Message = req.body;
  await pool.query("INSERT INTO drafts (body) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  if (!res.headersSent) res.end();
});

// In Express 5 a rejected guard is an error of the chain. This handler of errors lets the request go on.
const forum = express.Router();
forum.use(async (req, _res, next) => {
  await assertConsent(req.body.guardianId);
  next();
});
forum.post("/messages", async (req, res) => {
  const message: Message = req.body;
  await pool.query("INSERT INTO forum (body) VALUES ($1)", [message.text]);
  res.end();
});
const carryOn: ErrorRequestHandler = (error, _req, _res, next) => {
  console.error("forum", error instanceof Error);
  next();
};
forum.use(carryOn);
forum.post("/reports", async (req, res) => {
  const message: Message = req.body;
  await pool.query("INSERT INTO reports (body) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  res.end();
});
app.use("/forum", forum);
