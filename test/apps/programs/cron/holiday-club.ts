// request: TICK attendance {"email":"TOKEN1","allergy":"TOKEN2","guardian_id":"g1"}
// request: TICK kitchen {"email":"TOKEN1","allergy":"TOKEN2","guardian_id":"g1"}
// request: TICK offers {"email":"TOKEN1","allergy":"TOKEN2","guardian_id":"g1"}
// request: TICK surveys {"email":"TOKEN1","allergy":"TOKEN2","guardian_id":"g1"}
// request: TICK insurance {"email":"TOKEN1","allergy":"TOKEN2","guardian_id":"g1"}
import { Cron } from "croner";
import cron from "node-cron";
import { Pool } from "pg";

const pool = new Pool();

interface Guest {
  /** @childData contact */
  email: string;
  /** @childData health */
  allergy: string;
  guardian_id: string;
}

/** @guardianConsent */
async function isConsented(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const guests = async (): Promise<Guest[]> =>
  (await pool.query<Guest>("SELECT email, allergy, guardian_id FROM guests")).rows;

async function* consented(): AsyncGenerator<Guest> {
  for (const guest of await guests()) {
    if (await isConsented(guest.guardian_id)) yield guest;
  }
}

/** Keeps those for whom it is true. */
async function filterAsync<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const item of items) if (await test(item)) kept.push(item);
  return kept;
}

class Jobs {
  static attendance = async () => {
    for await (const { email } of consented())
      await fetch("https://club.example/attendance", { method: "POST", body: JSON.stringify({ email }) });
  };

  static kitchen = async () => {
    const wanted = await filterAsync(await guests(), ({ guardian_id }) => isConsented(guardian_id));
    for (const { allergy } of wanted) await fetch("https://kitchen.example/diets", { method: "POST", body: allergy });
  };

  // Arrays do not wait for what their callbacks promise.
  static offers = async () => {
    const wanted = (await guests()).filter(async ({ guardian_id }) => await isConsented(guardian_id));
    for (const { email } of wanted) await fetch("https://offers.example/send", { method: "POST", body: email }); // expect: require-guardian-consent Guest.email
  };

  static async surveys() {
    const all = await guests();
    await Promise.all(
      all.map(async (guest) => {
        const agreed = await isConsented(guest.guardian_id).catch(() => false);
        return agreed ? fetch("https://surveys.example/invite", { method: "POST", body: guest.email }) : undefined;
      }),
    );
  }

  static async insurance() {
    for (const guest of await guests()) {
      let agreed = true;
      isConsented(guest.guardian_id).then((answer) => {
        agreed = answer;
      });
      if (agreed) await fetch("https://insurance.example/guests", { method: "PUT", body: JSON.stringify(guest) }); // expect: require-guardian-consent Guest.email, Guest.allergy
    }
  }
}

cron.schedule("0 8 * * *", Jobs.attendance, { name: "attendance" });
cron.schedule("0 9 * * *", () => Jobs.kitchen(), { name: "kitchen" });
cron.schedule("0 10 * * 1", Jobs.offers, { name: "offers" });
new Cron("0 11 * * 1", { name: "surveys" }, Jobs.surveys);
new Cron("0 12 1 * *", { name: "insurance", protect: true }, () => Jobs.insurance());
