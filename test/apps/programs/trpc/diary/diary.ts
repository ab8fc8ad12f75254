import { noteInput, notes, pool, procedure, router, type Note } from "./procedures.js";

export const diary = router({
  write: notes.mutation(async ({ input }) => {
    const note: Note = { text: input.text };
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]);
    return note.text.length;
  }),
  append: procedure.input(noteInput).mutation(async ({ input }) => {
    const note: Note = { text: input.text };
    await pool.query("UPDATE notes SET text = $1", [note.text]); // expect: require-guardian-consent Note.text
  }),
});
