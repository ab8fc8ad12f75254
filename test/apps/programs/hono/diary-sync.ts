// request: POST /sync {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/fast {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/settled {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/stream {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/raw {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/reduce {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/find {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
// request: POST /sync/map {"entries":[{"text":"TOKEN1","guardianId":"g1"}]}
import { Hono } from "hono";
import { Pool } from "pg";

const pool = new Pool();

interface Entry {
  /** @childData content */
  text: string;
  guardianId: string;
}

/** @guardianConsent */
async function consented(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}
async function ensure({ guardianId }: Entry): Promise<void> {
  if (!(await consented(guardianId))) throw new Error("no consent");
}

async function* consentedOnly(entries: Iterable<Entry>): AsyncGenerator<Entry> {
  for (const entry of entries) if (await consented(entry.guardianId)) yield entry;
}
async function* everything(entries: Iterable<Entry>): AsyncGenerator<Entry> {
  for (const entry of entries) {
    yield entry;
    await ensure(entry);
  }
}

export const app = new Hono();
const entriesOf = async (c: { req: { json(): Promise<any> } }): Promise<Entry[]> => (await c.req.json()).entries;

app.post("/sync", async (c) => {
  for (const entry of await entriesOf(c)) {
    await ensure(entry);
    await pool.query("INSERT INTO diary (text) VALUES ($1)", [entry.text]);
  }
  return c.json({});
});
app.post("/sync/fast", async (c) => {
  const entries = await entriesOf(c);
  for (const entry of entries) {
    ensure(entry).catch(() => entries.splice(entries.indexOf(entry), 1));
    await pool.query("INSERT INTO diary (text) VALUES ($1)", [entry.text]); // expect: require-guardian-consent Entry.text
  }
  return c.json({});
});
app.post("/sync/settled", async (c) => {
  const entries = await entriesOf(c);
  const results = await Promise.allSettled(entries.map((entry) => ensure(entry)));
  if (results.some(({ status }) => status === "rejected")) return c.body(null, 403);
  for (const { text } of entries) await pool.query("INSERT INTO diary (text) VALUES ($1)", [text]);
  return c.json({});
});
app.post("/sync/stream", async (c) => {
  for await (const { text } of consentedOnly(await entriesOf(c)))
    await pool.query("INSERT INTO diary (text) VALUES ($1)", [text]);
  return c.json({});
});
app.post("/sync/raw", async (c) => {
  for await (const { text } of everything(await entriesOf(c)))
    await pool.query("INSERT INTO diary (text) VALUES ($1)", [text]); // expect: require-guardian-consent Entry.text
  return c.json({});
});
app.post("/sync/reduce", async (c) => {
  const entries = await entriesOf(c);
  const all = await entries.reduce(
    async (before, entry) => (await before) && (await consented(entry.guardianId)),
    Promise.resolve(entries.length > 0),
  );
  if (all) await pool.query("INSERT INTO diary (text) VALUES ($1)", [entries.map(({ text }) => text).join("\n")]);
  return c.json({ all });
});
app.post("/sync/find", async (c) => {
  const entries = await entriesOf(c);
  // A promise is never falsy: nothing is found to be missing.
  const missing = entries.find((entry) => !consented(entry.guardianId));
  if (missing) return c.body(null, 403);
  for (const { text } of entries) await pool.query("INSERT INTO diary (text) VALUES ($1)", [text]); // expect: require-guardian-consent Entry.text
  return c.json({});
});
app.post("/sync/map", async (c) => {
  const entries = await entriesOf(c);
  entries.map(async (entry) => {
    await ensure(entry);
    await fetch("https://backup.example/diary", { method: "PUT", body: entry.text });
  });
  return c.json({ queued: entries.length });
});
