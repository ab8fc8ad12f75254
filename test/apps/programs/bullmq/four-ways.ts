// request: JOB notes/add {"text":"TOKEN1","guardian":"g1"}
// request: JOB early/add {"text":"TOKEN1","guardian":"g1"}
// request: JOB soon/add {"text":"TOKEN1","guardian":"g1"}
// request: JOB anyway/add {"text":"TOKEN1","guardian":"g1"}
// request: JOB drafts/add {"text":"TOKEN1","guardian":"g1"}
import { Worker, type Job } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
  guardian: string;
}

/** @guardianConsent */
async function assertConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

export const notes = new Worker<Note>("notes", async ({ data }) => {
  await assertConsent(data.guardian);
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [data.text]);
});
export const early = new Worker<Note>("early", async ({ data }) => {
  // reason: it runs after this
  await pool.query("INSERT INTO early (text) VALUES ($1)", [data.text]); // expect: require-guardian-consent Note.text
  await assertConsent(data.guardian);
});
export const soon = new Worker<Note>("soon", async ({ data }) => {
  assertConsent(data.guardian).catch(() => undefined);
  // reason: its promise is not awaited
  await pool.query("INSERT INTO soon (text) VALUES ($1)", [data.text]); // expect: require-guardian-consent Note.text
});
export const anyway = new Worker<Note>("anyway", async ({ data }) => {
  try {
    await assertConsent(data.guardian);
  } catch {
    console.warn("no consent");
  }
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:40
  await pool.query("INSERT INTO anyway (text) VALUES ($1)", [data.text]); // expect: require-guardian-consent Note.text
});

const kept = async ({ data, name }: Job<Note>): Promise<void> => {
  if (name === "full") await assertConsent(data.guardian);
  // reason: another branch comes here without it
  await pool.query("INSERT INTO drafts (text) VALUES ($1)", [data.text]); // expect: require-guardian-consent Note.text
};
export const drafts = new Worker<Note>("drafts", kept);
