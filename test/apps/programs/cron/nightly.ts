// request: TICK report {"email":"TOKEN1","guardian_id":"g1"}
// request: TICK newsletter {"email":"TOKEN1","guardian_id":"g1"}
// request: TICK birthdays {"email":"TOKEN1","guardian_id":"g1"}
// request: TICK reminders {"email":"TOKEN1","guardian_id":"g1"}
import cron from "node-cron";
import { Pool } from "pg";

const pool = new Pool();

interface Child {
  /** @childData contact */
  email: string;
  guardian_id: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const mail = (list: string, to: string) =>
  fetch(`https://mail.example/lists/${list}`, { method: "POST", body: JSON.stringify({ to }) }); // expect: require-guardian-consent Child.email

async function children(): Promise<Child[]> {
  const { rows } = await pool.query<Child>("SELECT email, guardian_id FROM children");
  return rows;
}

cron.schedule(
  "0 3 * * *",
  async () => {
    for (const child of await children()) {
      if (!(await hasConsent(child.guardian_id))) continue;
      await fetch("https://reports.example/v1", { method: "POST", body: JSON.stringify({ about: child.email }) });
    }
  },
  { name: "report" },
);

cron.schedule(
  "0 4 * * 1",
  async () => {
    for (const child of await children()) await mail("news", child.email);
  },
  { name: "newsletter", timezone: "Asia/Shanghai" },
);

async function birthdays(): Promise<void> {
  for (const { email, guardian_id } of await children()) {
    const agreed = hasConsent(guardian_id);
    if (agreed) await mail("birthdays", email);
  }
}
cron.schedule("0 6 * * *", birthdays, { name: "birthdays" });

cron.schedule(
  "0 7 * * *",
  async () => {
    const all = await children();
    const agreed = await Promise.all(all.map(({ guardian_id }) => hasConsent(guardian_id)));
    const wanted = all.filter((_child, index) => agreed[index]);
    await Promise.all(
      wanted.map(({ email }) => fetch("https://sms.example/send", { method: "POST", body: JSON.stringify({ email }) })),
    );
  },
  { name: "reminders" },
);
