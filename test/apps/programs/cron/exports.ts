// request: TICK statistics {"school_mark":"TOKEN1","guardian_id":"g1"}
// request: TICK ranking {"school_mark":"TOKEN1","guardian_id":"g1"}
// request: TICK archive {"school_mark":"TOKEN1","guardian_id":"g1"}
import { Cron } from "croner";
import { Pool } from "pg";

const pool = new Pool();

interface Mark {
  /** @childData education */
  school_mark: string;
  guardian_id: string;
}

/** @guardianConsent */
async function requireConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new Error(`no consent of ${guardianId}`);
}

async function marks(): Promise<Mark[]> {
  return (await pool.query<Mark>("SELECT school_mark, guardian_id FROM marks")).rows;
}

export const statistics = new Cron("@daily", { name: "statistics", paused: true }, async () => {
  for (const mark of await marks()) {
    await requireConsent(mark.guardian_id);
    await fetch("https://statistics.example/marks", { method: "PUT", body: mark.school_mark });
  }
});

export const ranking = new Cron("@weekly", { name: "ranking", paused: true, catch: true }, async () => {
  for (const mark of await marks()) {
    requireConsent(mark.guardian_id).catch(console.error);
    await fetch("https://rankings.example/marks", { method: "PUT", body: mark.school_mark }); // expect: require-guardian-consent Mark.school_mark
  }
});

export const archive = new Cron("@monthly", { name: "archive", paused: true }, async () => {
  const all = await marks();
  try {
    for (const mark of all) await requireConsent(mark.guardian_id);
  } catch (error) {
    console.warn("archived all the same", error instanceof Error);
  }
  for (const { school_mark } of all) await fetch("https://archive.example/marks", { method: "PUT", body: school_mark }); // expect: require-guardian-consent Mark.school_mark
});
