// request: TICK certificates {"name":"TOKEN1","phone":"TOKEN2","guardian_id":"g1"}
// request: TICK pickups {"name":"TOKEN1","phone":"TOKEN2","guardian_id":"g1"}
// request: TICK surveys {"name":"TOKEN1","phone":"TOKEN2","guardian_id":"g1"}
import { Cron } from "croner";
import { schedule } from "node-cron";
import { Pool } from "pg";

const pool = new Pool();

/** @childData identity */
interface Camper {
  name: string;
  phone: string;
  /** @notChildData */
  guardian_id: string;
}

/** @guardianConsent */
async function agreed({ guardian_id }: Camper): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consent_records WHERE guardian_id = $1", [guardian_id]);
  return rows[0]?.granted === true;
}

async function forEachCamper(work: (camper: Camper) => Promise<unknown>): Promise<void> {
  const { rows } = await pool.query<Camper>("SELECT name, phone, guardian_id FROM campers");
  for (const camper of rows) await work(camper);
}

class Partner {
  constructor(private readonly base: string) {}

  send(path: string, content: unknown): Promise<Response> {
    return fetch(this.base + path, { method: "POST", body: JSON.stringify(content) }); // expect: require-guardian-consent Camper.name, Camper.phone
  }

  async sendIfAgreed(path: string, camper: Camper): Promise<void> {
    if (await agreed(camper)) await fetch(this.base + path, { method: "POST", body: JSON.stringify({ name: camper.name }) });
  }
}
const partner = new Partner("https://partner.example");

schedule("0 8 * * 5", () => forEachCamper((camper) => partner.sendIfAgreed("/certificates", camper)), {
  name: "certificates",
});

// First it is sent, then it is asked.
schedule(
  "*/30 * * * *",
  () =>
    forEachCamper(async (camper) => {
      await partner.send("/pickups", { name: camper.name });
      if (!(await agreed(camper))) console.warn("was not allowed");
    }),
  { name: "pickups", noOverlap: true },
);

new Cron("0 9 1 * *", { name: "surveys", paused: true }, () =>
  forEachCamper(async (camper) => {
    const isAgreed = await agreed(camper).catch(() => true);
    if (isAgreed || camper.phone !== "") await partner.send("/surveys", { phone: camper.phone });
  }),
);
