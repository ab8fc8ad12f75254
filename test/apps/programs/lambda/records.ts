// request: INVOKE importPupils [{"name":"TOKEN1","guardianId":"g1"},{"name":"TOKEN2","guardianId":"g2"}]
// request: INVOKE importAll [{"name":"TOKEN1","guardianId":"g1"},{"name":"TOKEN2","guardianId":"g2"}]
// request: INVOKE importChecked [{"name":"TOKEN1","guardianId":"g1"},{"name":"TOKEN2","guardianId":"g2"}]
// request: INVOKE importFirstChecked [{"name":"TOKEN1","guardianId":"g1"},{"name":"TOKEN2","guardianId":"g2"}]
import middy from "@middy/core";
import type { SQSEvent, SQSHandler, SQSRecord } from "aws-lambda";
import { Pool } from "pg";

const pool = new Pool();

interface Row {
  /** @childData identity */
  name: string;
}
type Wanted = Row & { guardianId: string };

/** @guardianConsent */
async function hasConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT given FROM consent_records WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.given === true;
}

const wantedOf = ({ body }: SQSRecord) => JSON.parse(body) as Wanted;

export const importPupils: SQSHandler = async (event) => {
  for (const record of event.Records) {
    const { name, guardianId } = wantedOf(record);
    if (!(await hasConsent(guardianId))) continue;
    await pool.query("INSERT INTO pupils (name) VALUES ($1)", [name]);
  }
};

export const importAll: SQSHandler = async (event) => {
  await Promise.all(
    event.Records.map(async (record) => {
      const { name, guardianId } = wantedOf(record);
      if (hasConsent(guardianId)) await pool.query("INSERT INTO pupils (name) VALUES ($1)", [name]); // expect: require-guardian-consent Row.name
    }),
  );
};

async function keep(wanted: Wanted): Promise<void> {
  await pool.query("INSERT INTO pupils (name) VALUES ($1)", [wanted.name]);
}

export const importChecked = middy<SQSEvent>()
  .before(async ({ event }) => {
    for (const record of event.Records)
      if (!(await hasConsent(wantedOf(record).guardianId))) throw new Error("a guardian has not agreed");
  })
  .handler(async ({ Records }) => {
    for (const record of Records) await keep(wantedOf(record));
  });

export const importFirstChecked = middy(async ({ Records }: SQSEvent) => {
  const wanted = Records.map(wantedOf);
  await pool.query("INSERT INTO lists (name) VALUES ($1)", [wanted.map(({ name }) => name)]); // expect: require-guardian-consent Row.name
  for (const { guardianId } of wanted) if (!(await hasConsent(guardianId))) throw new Error("not agreed");
});
