// request: FORM /lessons [cookie: guardian=g1] {"pupil":"TOKEN1","wish":"TOKEN2"}
import { rateLesson } from "./actions";

export default function LessonsPage() {
  return (
    <main>
      <h1>My piano lessons</h1>
      <form action={rateLesson}>
        <input name="pupil" />
        <textarea name="wish" />
        <button type="submit">Send</button>
      </form>
    </main>
  );
}
