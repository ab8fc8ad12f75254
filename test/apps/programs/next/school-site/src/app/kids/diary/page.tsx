// request: FORM /kids/diary [cookie: guardian=g1] {"mark":"TOKEN1"}
import { pool, type Note } from "@/consent";

export default function Diary() {
  const keep = async (form: FormData) => {
    "use server";
    const note: Note = { mark: form.get("mark") as string };
    await pool.query("INSERT INTO diary (mark) VALUES ($1)", [note.mark]);
  };
  return (
    <form action={keep}>
      <input name="mark" />
    </form>
  );
}
