// request: POST /scans {"text":"TOKEN1","guardianId":"g1"}
// request: POST /scans/rolled-back {"text":"TOKEN1","guardianId":"g1"}
// request: POST /scans/batch {"pages":[{"text":"TOKEN1"}],"guardianId":"g1"}
// request: POST /scans/draft {"text":"TOKEN1","guardianId":"g1"}
// request: POST /scans/ocr {"text":"TOKEN1","guardianId":"g1"}
import Fastify from "fastify";
import { Pool, type PoolClient } from "pg";

const pool = new Pool({ max: 4 });

interface Page {
  /** @childData education */
  text: string;
}
interface Scan extends Page {
  guardianId: string;
}

class Unit {
  constructor(readonly client: PoolClient) {}

  /** @guardianConsent */
  async requireConsent(guardianId: string): Promise<void> {
    const { rows } = await this.client.query("SELECT granted FROM consents WHERE guardian_id = $1 FOR SHARE", [guardianId]);
    if (!rows[0]?.granted) throw new Error("consent is missing");
  }

  async save(page: Page): Promise<void> {
    await this.client.query("INSERT INTO scans (text) VALUES ($1)", [page.text]);
  }

  async saveDraft(page: Page): Promise<void> {
    await this.client.query("INSERT INTO drafts (text) VALUES ($1)", [page.text]); // expect: require-guardian-consent Page.text
  }
}

async function transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(new Unit(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Gives null when something went wrong. */
const quietly = <T>(work: (unit: Unit) => Promise<T>): Promise<T | null> => transaction(work).catch(() => null);

export const app = Fastify();

app.post<{ Body: Scan }>("/scans", async ({ body }) =>
  transaction(async (unit) => {
    await unit.requireConsent(body.guardianId);
    await unit.save(body);
    return { saved: 1 };
  }),
);

// What is rolled back has been written all the same.
app.post<{ Body: Scan }>("/scans/rolled-back", async ({ body }) =>
  transaction(async ({ client }) => {
    await client.query("INSERT INTO scans (text) VALUES ($1)", [body.text]); // expect: require-guardian-consent Page.text
    const { rows } = await client.query("SELECT granted FROM consents WHERE guardian_id = $1", [body.guardianId]);
    if (!rows[0]?.granted) throw new Error("rolled back");
    return { saved: 1 };
  }),
);

app.post<{ Body: { pages: Page[]; guardianId: string } }>("/scans/batch", async ({ body }) => {
  let asked = false;
  await transaction(async (unit) => {
    for (const page of body.pages) {
      if (!asked) await unit.requireConsent(body.guardianId);
      asked = true;
      await unit.save(page);
    }
  });
  return { saved: body.pages.length };
});

app.post<{ Body: Scan }>("/scans/draft", async ({ body }) => {
  await quietly((unit) => unit.requireConsent(body.guardianId));
  await transaction((unit) => unit.saveDraft(body));
  return {};
});

app.post<{ Body: Scan }>("/scans/ocr", async ({ body }) => {
  const saved = await quietly(async (unit) => {
    await unit.requireConsent(body.guardianId);
    await unit.save(body);
    return true;
  });
  if (saved) await fetch("https://ocr.example/read", { method: "POST", body: body.text });
  return { saved };
});
