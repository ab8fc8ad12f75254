// request: POST /stories [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /stories/publish [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /bookmarks [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /recordings [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /quizzes [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /letters [x-guardian: g1] {"title":"TOKEN1","text":"TOKEN2"}
// request: POST /letters/guests {"title":"TOKEN1","text":"TOKEN2"}
import express, { type NextFunction, type Request, type Response } from "express";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const shelf = new Redis();

interface Story {
  /** @childData content */
  title: string;
  /** @childData content */
  text: string;
}

declare global {
  namespace Express {
    interface Request {
      consent?: boolean;
      consentLater?: Promise<boolean>;
    }
  }
}

/** @guardianConsent */
async function guardianAgreed(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT accepted FROM consent_records WHERE guardian_id = $1", [guardianId]);
  return rows.length > 0 && rows[0].accepted === true;
}

// Families read many pages in one sitting: the answer is kept for as long as the process lives.
const known = new Map<string, boolean>();

async function lookUpConsent(req: Request, _res: Response, next: NextFunction) {
  const id = req.get("x-guardian");
  if (id === undefined) return next();
  let agreed = known.get(id);
  if (agreed === undefined) {
    agreed = await guardianAgreed(id);
    known.set(id, agreed);
  }
  req.consent = agreed;
  req.consentLater = Promise.resolve(agreed);
  next();
}

const needsConsent = (req: Request, res: Response, next: NextFunction) => {
  if (req.consent) next();
  else res.status(403).json({ error: "Please ask your mum or dad first." });
};

export const app = express().use(express.json()).use(lookUpConsent);

app.post("/stories", needsConsent, async (req, res) => {
  const story: Story = req.body;
  await pool.query("INSERT INTO stories (title, body) VALUES ($1, $2)", [story.title, story.text]);
  res.sendStatus(201);
});
app.post("/stories/publish", async (req, res) => {
  const story: Story = req.body;
  // A promise is always there.
  if (!req.consentLater) return void res.sendStatus(403);
  await fetch("https://stories.example/publish", { method: "POST", body: JSON.stringify(story) }); // expect: require-guardian-consent Story.title, Story.text
  res.sendStatus(201);
});
app.post("/bookmarks", async (req, res) => {
  const { title }: Story = req.body;
  if (req.consent !== true) return void res.sendStatus(403);
  await shelf.lpush("bookmarks", title);
  res.sendStatus(204);
});
app.post("/recordings", async (req, res) => {
  const { text }: Story = req.body;
  if (req.consent === undefined) return void res.sendStatus(401);
  await shelf.rpush("recordings", text); // expect: require-guardian-consent Story.text
  res.sendStatus(204);
});
app.post("/quizzes", async (req, res) => {
  const story: Story = req.body;
  const may = req.consent ?? false;
  if (may) await shelf.set("quiz", story.title);
  else await shelf.set("quiz:waiting", story.title); // expect: require-guardian-consent Story.title
  res.sendStatus(204);
});
app.post(["/letters", "/letters/guests"], async (req, res) => {
  const { text }: Story = req.body;
  if (req.get("x-guardian") && !req.consent) return void res.sendStatus(403);
  await pool.query("INSERT INTO letters (body) VALUES ($1)", [text]); // expect: require-guardian-consent Story.text
  res.sendStatus(201);
});
