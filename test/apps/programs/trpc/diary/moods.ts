import { noteInput, notes, piped, pool, procedure, router, type Note } from "./procedures.js";

async function remember(note: Note): Promise<void> {
  await pool.query("INSERT INTO moods (text) VALUES ($1)", [note.text]);
}

async function send(note: Note): Promise<void> {
  await fetch("https://moods.example/v1/entries", { method: "POST", body: JSON.stringify(note) }); // expect: require-guardian-consent Note.text
}

export const moods = router({
  add: notes.mutation(({ input: { text } }) => remember({ text })),
  sync: procedure.input(noteInput).mutation(({ input: { text } }) => send({ text })),
  correct: piped.mutation(async ({ ctx }) => {
    const note: Note = { text: ctx.note.text };
    await remember(note);
  }),
});
