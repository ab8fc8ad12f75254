// request: FORM /lost [x-guardian: g1] {"name":"TOKEN1","phone":"TOKEN2"}
import { headers } from "next/headers";
import { assertConsent, pool, type Passenger } from "../../../lib/consent";

async function reportLoss(form: FormData) {
  "use server";
  const passenger: Passenger = { name: form.get("name") as string, phone: form.get("phone") as string };
  await assertConsent((await headers()).get("x-guardian"));
  await pool.query("INSERT INTO losses (name, phone) VALUES ($1, $2)", [passenger.name, passenger.phone]);
}

export default function LostPage() {
  return (
    <form action={reportLoss}>
      <label>
        Name <input name="name" />
      </label>
      <input name="phone" type="tel" />
    </form>
  );
}
