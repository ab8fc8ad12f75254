// request: TICK keep {"text":"TOKEN1","guardian_id":"g1"}
// request: TICK early {"text":"TOKEN1","guardian_id":"g1"}
// request: TICK soon {"text":"TOKEN1","guardian_id":"g1"}
// request: TICK anyway {"text":"TOKEN1","guardian_id":"g1"}
// request: TICK some {"text":"TOKEN1","guardian_id":"g1"}
import { schedule } from "node-cron";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
  guardian_id: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

async function forEachNote(work: (note: Note) => Promise<unknown>): Promise<void> {
  const { rows } = await pool.query<Note>("SELECT text, guardian_id FROM notes");
  for (const note of rows) await work(note).catch(() => undefined);
}

const keep = async (note: Note): Promise<void> => {
  await assertConsent(note.guardian_id);
  await fetch("https://notes.example/keep", { method: "POST", body: note.text });
};
const early = async (note: Note): Promise<void> => {
  // reason: it runs after this
  await fetch("https://notes.example/early", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
  await assertConsent(note.guardian_id);
};
const soon = async (note: Note): Promise<void> => {
  assertConsent(note.guardian_id).catch(() => undefined);
  // reason: its promise is not awaited
  await fetch("https://notes.example/soon", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};
const anyway = async (note: Note): Promise<void> => {
  try {
    await assertConsent(note.guardian_id);
  } catch {
    console.warn("no consent");
  }
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:45
  await fetch("https://notes.example/anyway", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};
const some = async (note: Note): Promise<void> => {
  if (note.guardian_id.startsWith("v2:")) await assertConsent(note.guardian_id);
  // reason: another branch comes here without it
  await fetch("https://notes.example/some", { method: "POST", body: note.text }); // expect: require-guardian-consent Note.text
};

schedule("0 4 * * *", () => forEachNote(keep), { name: "keep" });
schedule("0 5 * * *", () => forEachNote(early), { name: "early" });
schedule("0 6 * * *", () => forEachNote(soon), { name: "soon" });
schedule("0 7 * * *", () => forEachNote(anyway), { name: "anyway" });
schedule("0 8 * * *", () => forEachNote(some), { name: "some" });
