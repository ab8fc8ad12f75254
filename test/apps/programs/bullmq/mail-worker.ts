// request: JOB welcome/welcome {"email":"TOKEN1","guardianId":"g1"}
// request: JOB digest/digest {"email":"TOKEN1","guardianId":"g1"}
// request: JOB digest/retry {"email":"TOKEN1","guardianId":"g1"}
// request: JOB prints/album {"email":"TOKEN1","guardianId":"g1"}
// request: JOB prints/card {"email":"TOKEN1","guardianId":"g1"}
// request: JOB prints/poster {"email":"TOKEN1","guardianId":"g1"}
import { Worker, type Job } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const connection = { host: "localhost", port: 6379 };

interface Recipient {
  /** @childData contact */
  email: string;
}
type Mail = Recipient & { guardianId: string };

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent any more");
}

new Worker<Mail>(
  "welcome",
  async (job) => {
    await assertConsent(job.data.guardianId);
    await fetch("https://mail.example/v3/send", { method: "POST", body: JSON.stringify({ to: job.data.email }) });
  },
  { connection },
);

async function sendDigest({ name, data }: Job<Mail>): Promise<void> {
  if (name !== "retry") await assertConsent(data.guardianId);
  await fetch("https://mail.example/v3/digest", { method: "POST", body: JSON.stringify({ to: data.email }) }); // expect: require-guardian-consent Recipient.email
}
const digests = new Worker<Mail>("digest", sendDigest, { connection, concurrency: 5 });
digests.on("failed", (job, error) => console.error(job?.id, error instanceof Error));

const handlers: Record<string, (mail: Mail) => Promise<unknown>> = {
  async album({ email, guardianId }) {
    assertConsent(guardianId).catch(() => console.warn("album without consent"));
    await fetch("https://prints.example/albums", { method: "POST", body: JSON.stringify({ email }) }); // expect: require-guardian-consent Recipient.email
  },
  async card({ email, guardianId }) {
    return assertConsent(guardianId).then(() =>
      fetch("https://prints.example/cards", { method: "POST", body: JSON.stringify({ email }) }),
    );
  },
  async poster({ email, guardianId }) {
    try {
      await assertConsent(guardianId);
    } catch (error) {
      console.error(error instanceof Error);
    }
    await fetch("https://prints.example/posters", { method: "POST", body: JSON.stringify({ email }) }); // expect: require-guardian-consent Recipient.email
  },
};

export const prints = new Worker<Mail>("prints", (job) => handlers[job.name]?.(job.data) ?? Promise.resolve(), {
  connection,
});
