// request: FORM /letters [cookie: guardian=g1] {"text":"TOKEN1"}
import { isAgreed, noteOf, pool } from "../../lib/consent";

/** That the page asked when it was shown says nothing about who sends the form later. */
export default async function LettersPage() {
  if (!(await isAgreed())) console.warn("no consent");

  async function send(form: FormData) {
    "use server";
    // reason: this is also done where it says no
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [noteOf(form).text]); // expect: require-guardian-consent Note.text
  }

  return (
    <form action={send}>
      <textarea name="text" />
    </form>
  );
}
