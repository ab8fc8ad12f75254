// request: POST /children {"email":"TOKEN1","nickname":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /children/quick {"email":"TOKEN1","nickname":"TOKEN2","age":9,"guardianId":"g1"}
// request: POST /children/late {"email":"TOKEN1","nickname":"TOKEN2","age":9,"guardianId":"g1"}
// request: PUT /children/7 {"email":"TOKEN1","nickname":"TOKEN2","guardianId":"g1"}
// request: POST /children/import {"email":"TOKEN1","nickname":"TOKEN2","guardianId":"g1"}
import express, { type NextFunction, type Request, type Response } from "express";
import { Pool } from "pg";

const pool = new Pool();
export const app = express();
app.use(express.json());

/** @childData contact */
interface Pupil {
  email: string;
  nickname: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

async function requireConsent(req: Request, res: Response, next: NextFunction): Promise<void> {
  if (!(await hasConsent(req.body.guardianId))) {
    res.status(403).json({ error: "a guardian has to agree first" });
    return;
  }
  next();
}

function save(pupil: Pupil) {
  return pool.query("INSERT INTO pupils (email, nickname) VALUES ($1, $2)", [pupil.email, pupil.nickname]); // expect: require-guardian-consent Pupil.email, Pupil.nickname
}

app.post("/children", requireConsent, async (req, res) => {
  const pupil: Pupil = { email: req.body.email, nickname: req.body.nickname };
  await pool.query("INSERT INTO pupils (email, nickname) VALUES ($1, $2)", [pupil.email, pupil.nickname]);
  res.status(201).end();
});

app.post("/children/quick", async (req, res) => {
  await save({ email: req.body.email, nickname: req.body.nickname });
  res.status(201).end();
});

app.post("/children/late", async (req, res, next) => {
  const pupil: Pupil = { email: req.body.email, nickname: req.body.nickname };
  await pool.query("INSERT INTO waiting_list (email, nickname) VALUES ($1, $2)", [pupil.email, pupil.nickname]); // expect: require-guardian-consent Pupil.email, Pupil.nickname
  next();
}, requireConsent, (_req, res) => {
  res.status(202).end();
});

app.put("/children/:id", async (req, res) => {
  const pupil: Pupil = req.body;
  if (hasConsent(req.body.guardianId)) {
    await pool.query("UPDATE pupils SET email = $1, nickname = $2 WHERE id = $3", [pupil.email, pupil.nickname, req.params.id]); // expect: require-guardian-consent Pupil.email, Pupil.nickname
  }
  res.end();
});

app.use(requireConsent);

app.post("/children/import", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool
    .query("INSERT INTO imports (email, nickname) VALUES ($1, $2)", [pupil.email, pupil.nickname]);
  res.status(202).end();
});
