// request: RUN notes keep TOKEN1 g1
// request: RUN early TOKEN1 g1
// request: RUN soon TOKEN1 g1
// request: RUN anyway TOKEN1 g1
// request: RUN draft TOKEN1 g1
import { Command } from "commander";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (!rows[0]?.granted) throw new Error(`${guardian} has not agreed`);
}

export const program = new Command().exitOverride();

// It runs before each command of the group.
const notes = program.command("notes").hook("preAction", async (_, command) => {
  await assertConsent(command.args[1] ?? "");
});
notes.command("keep <text> <guardian>").action(async (text: string) => {
  const note: Note = { text };
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]);
});
program.command("draft <text> <guardian>").action(async (text: string) => {
  const note: Note = { text };
  // reason: it does not cover this entry
  await pool.query("INSERT INTO drafts (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
});
program
  .command("early <text> <guardian>")
  .hook("postAction", async (_, command) => {
    await assertConsent(command.args[1] ?? "");
  })
  .action(async (text: string) => {
    const note: Note = { text };
    // reason: it stands in a function that is called later, or never
    await pool.query("INSERT INTO early (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
  });
program
  .command("soon <text> <guardian>")
  .hook("preAction", (_, command) => {
    assertConsent(command.args[1] ?? "").catch(() => undefined);
  })
  .action(async (text: string) => {
    const note: Note = { text };
    // reason: its promise is not awaited
    await pool.query("INSERT INTO soon (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
  });
program
  .command("anyway <text> <guardian>")
  .hook("preAction", async (_, command) => {
    await assertConsent(command.args[1] ?? "").catch(() => console.warn("no consent"));
  })
  .action(async (text: string) => {
    const note: Note = { text };
    // reason: the error is swallowed, or the answer lost, at four-ways.ts:60
    await pool.query("INSERT INTO anyway (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
  });
