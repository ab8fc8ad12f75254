// not shown by running: checks about somebody else, and guards that ask nobody
// request: POST /profiles {"child":{"nickname":"TOKEN1","guardianId":"g1"},"friend":{"nickname":"TOKEN2","guardianId":"g2"}}
// request: POST /profiles/friend {"child":{"nickname":"TOKEN1","guardianId":"g1"},"friend":{"nickname":"TOKEN2","guardianId":"g2"}}
// request: POST /profiles/both {"child":{"nickname":"TOKEN1","guardianId":"g1"},"friend":{"nickname":"TOKEN2","guardianId":"g2"}}
// request: POST /profiles/box {"agreed":true,"child":{"nickname":"TOKEN1","guardianId":"g1"}}
import express from "express";
import { Pool } from "pg";

const pool = new Pool();

interface PenPal {
  /** @childData identity */
  nickname: string;
  guardianId: string;
}

/** @guardianConsent */
async function requireConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

/** @guardianConsent */
function tickedTheBox(body: { agreed?: boolean }): boolean { // expect: require-guardian-consent
  return body.agreed === true;
}

export const app = express();
app.use(express.json());

app.post("/profiles", async (req, res) => {
  const { child } = req.body as { child: PenPal; friend: PenPal };
  await requireConsent(child.guardianId);
  await pool.query("INSERT INTO pals (nickname, guardian_id) VALUES ($1, $2)", [child.nickname, child.guardianId]);
  res.sendStatus(201);
});

app.post("/profiles/friend", async (req, res) => {
  const { child, friend } = req.body as { child: PenPal; friend: PenPal };
  await requireConsent(child.guardianId);
  await pool.query("INSERT INTO pals (nickname, guardian_id) VALUES ($1, $2)", [friend.nickname, friend.guardianId]); // expect: require-guardian-consent PenPal.nickname
  res.sendStatus(201);
});

app.post("/profiles/both", async (req, res) => {
  const pair = req.body as { child: PenPal; friend: PenPal };
  for (const pal of [pair.child, pair.friend]) {
    await requireConsent(pal.guardianId);
    await pool.query("INSERT INTO pals (nickname) VALUES ($1)", [pal.nickname]);
  }
  res.sendStatus(201);
});

app.post("/profiles/box", async (req, res) => {
  if (!tickedTheBox(req.body)) return void res.sendStatus(403);
  const pal: PenPal = req.body.child;
  await pool.query("INSERT INTO box_pals (nickname) VALUES ($1)", [pal.nickname]);
  res.sendStatus(201);
});
