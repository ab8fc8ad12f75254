// request: POST /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v1/notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /v2/notes [x-guardian: g1] {"text":"TOKEN1"}
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

async function requireConsent(request: FastifyRequest) {
  await assertConsent(request.headers["x-guardian"]);
}
async function requireConsentSoon(request: FastifyRequest) {
  void assertConsent(request.headers["x-guardian"]).catch(() => undefined);
}
async function requireConsentAnyway(request: FastifyRequest) {
  try {
    await assertConsent(request.headers["x-guardian"]);
  } catch {
    request.log.warn("no consent");
  }
}

const noteOf = (request: FastifyRequest): Note => request.body as Note;

export const app = Fastify({ logger: false });

app.post("/notes", { preHandler: requireConsent }, async (request) => {
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]);
  return "ok";
});
// The answer is gone by then.
app.post("/notes/early", { onSend: requireConsent }, async (request) => {
  // reason: it stands in a function that is called later, or never
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]); // expect: require-guardian-consent Note.text
  return "ok";
});
app.post("/notes/soon", { preHandler: requireConsentSoon }, async (request) => {
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]); // expect: require-guardian-consent Note.text
  return "ok";
});
app.post("/notes/anyway", { preHandler: [requireConsentAnyway] }, async (request) => {
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:32
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]); // expect: require-guardian-consent Note.text
  return "ok";
});

async function first(instance: FastifyInstance) {
  instance.post("/notes", async (request) => {
    // reason: it stands before /v2 only
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]); // expect: require-guardian-consent Note.text
    return "ok";
  });
}
async function second(instance: FastifyInstance) {
  instance.addHook("preHandler", requireConsent);
  instance.post("/notes", async (request) => {
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(request).text]);
    return "ok";
  });
}
app.register(first, { prefix: "/v1" });
app.register(second, { prefix: "/v2" });
