// request: POST /stories {"text":"TOKEN1","guardianId":"g1"}
// request: POST /comments {"text":"TOKEN1","guardianId":"g1"}
// request: POST /poems {"text":"TOKEN1","guardianId":"g1"}
import { Queue, Worker } from "bullmq";
import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const connection = { host: "redis" };

interface Story {
  /** @childData content */
  text: string;
  guardianId: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

const stories = new Queue<Story>("stories", { connection });
const comments = new Queue<Story>("comments", { connection });
const poems = new Queue<Story>("poems", { connection });

export const app = express();
app.use(express.json());

// What comes out of a queue has been kept already: the way in counts.
app.post("/stories", async (req, res) => {
  const story: Story = req.body;
  await assertConsent(story.guardianId);
  await stories.add("new", { text: story.text, guardianId: story.guardianId });
  res.sendStatus(202);
});
app.post("/comments", async (req, res) => {
  const comment: Story = req.body;
  await comments.add("new", { text: comment.text, guardianId: comment.guardianId }); // expect: require-guardian-consent Story.text
  res.sendStatus(202);
});
app.post("/poems", async (req, res) => {
  const poem: Story = req.body;
  await poems.add("new", poem); // expect: require-guardian-consent Story.text
  res.sendStatus(202);
});

export const workers = [
  new Worker<Story>(
    "stories",
    async ({ data }) => {
      await pool.query("INSERT INTO stories (text) VALUES ($1)", [data.text]);
    },
    { connection },
  ),
  new Worker<Story>(
    "comments",
    async ({ data }) => {
      await fetch("https://moderation.example/v1", { method: "POST", body: JSON.stringify({ text: data.text }) }); // expect: require-guardian-consent Story.text
    },
    { connection },
  ),
  // Handing on is asked for once more.
  new Worker<Story>(
    "poems",
    async ({ data }) => {
      await assertConsent(data.guardianId);
      await fetch("https://poems.example/v1", { method: "POST", body: JSON.stringify({ text: data.text }) });
    },
    { connection },
  ),
];
