// request: FORM /quick [x-guardian: g1] {"name":"TOKEN1","allergy":"TOKEN2"}
import { pool, type Child } from "../../consent";

async function enrolQuickly(form: FormData) {
  "use server";
  const child: Child = { name: String(form.get("name")), allergy: String(form.get("allergy")) };
  await pool.query("INSERT INTO children (name, allergy) VALUES ($1, $2)", [child.name, child.allergy]); // expect: require-guardian-consent Child.name, Child.allergy
}

export default async function QuickPage() {
  return (
    <form action={enrolQuickly}>
      <input name="name" />
      <input name="allergy" />
    </form>
  );
}
