// request: FORM /enrol [x-guardian: g1] {"name":"TOKEN1","allergy":"TOKEN2"}
import { pool, type Child } from "../../consent";

export default function EnrolPage() {
  async function enrol(form: FormData) {
    "use server";
    const child: Child = { name: String(form.get("name")), allergy: String(form.get("allergy")) };
    await pool.query("INSERT INTO children (name, allergy) VALUES ($1, $2)", [child.name, child.allergy]);
  }
  return (
    <main>
      <h1>Enrol your child</h1>
      <form action={enrol}>
        <input name="name" />
        <input name="allergy" />
        <button>Enrol</button>
      </form>
    </main>
  );
}
