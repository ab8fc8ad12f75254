// request: POST /singers [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
// request: POST /singers/audition [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
// request: POST /singers/solo [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
// request: POST /tours [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
// request: POST /tours/abroad [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
// request: POST /sheet-music [x-guardian: g1] {"name":"TOKEN1","voice":"TOKEN2"}
import Fastify, { type FastifyRequest, type preHandlerAsyncHookHandler } from "fastify";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const printing = new Queue("printing");

const features = {
  consentOnTours: process.env.CONSENT_ON_TOURS !== undefined,
  newAuditions: true as boolean,
};

interface Singer {
  /** @childData identity */
  name: string;
  /** @childData biometric */
  voice: string;
}

enum ConsentState {
  Unknown = "unknown",
  Granted = "granted",
  Refused = "refused",
}

/** @guardianConsent */
async function consentState(guardianId: string): Promise<ConsentState> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows.length === 0) return ConsentState.Unknown;
  return rows[0].granted ? ConsentState.Granted : ConsentState.Refused;
}

class Forbidden extends Error {
  readonly statusCode = 403;
}

const guardianOf = (request: FastifyRequest) => String(request.headers["x-guardian"]);

const onlyGranted: preHandlerAsyncHookHandler = async (request) => {
  if ((await consentState(guardianOf(request))) !== ConsentState.Granted) throw new Forbidden("ask a guardian");
};

/** Whoever has not said no yet may sing. */
const notRefused: preHandlerAsyncHookHandler = async (request) => {
  switch (await consentState(guardianOf(request))) {
    case ConsentState.Refused:
      throw new Forbidden("refused");
    case ConsentState.Unknown:
    case ConsentState.Granted:
      return;
  }
};

export const app = Fastify({ logger: false });

app.setErrorHandler<Forbidden>(async (error, request, reply) => {
  const singer = request.body as Singer;
  if (error.statusCode === 403 && request.url.startsWith("/tours"))
    await pool.query("INSERT INTO turned_away (name) VALUES ($1)", [singer.name]); // expect: require-guardian-consent Singer.name
  return reply.code(error.statusCode ?? 500).send();
});

app.post<{ Body: Singer }>("/singers", { preHandler: onlyGranted }, async ({ body }) => {
  await pool.query("INSERT INTO singers (name, voice) VALUES ($1, $2)", [body.name, body.voice]);
});
app.post<{ Body: Singer }>("/singers/audition", { preHandler: notRefused }, async ({ body }) => {
  await pool.query("INSERT INTO auditions (voice) VALUES ($1)", [body.voice]); // expect: require-guardian-consent Singer.voice
});
app.post<{ Body: Singer }>(
  "/singers/solo",
  { preHandler: features.newAuditions ? [notRefused, onlyGranted] : [onlyGranted] },
  async ({ body }) => {
    await pool.query("INSERT INTO solos (voice) VALUES ($1)", [body.voice]);
  },
);
app.post<{ Body: Singer }>("/tours", { preHandler: [onlyGranted] }, async ({ body }) => {
  await pool.query("INSERT INTO tours (name) VALUES ($1)", [body.name]);
});
app.post<{ Body: Singer }>(
  "/tours/abroad",
  { preHandler: features.consentOnTours ? [onlyGranted] : [] },
  async ({ body }) => {
    await fetch("https://coaches.example/book", { method: "POST", body: JSON.stringify({ name: body.name }) }); // expect: require-guardian-consent Singer.name
  },
);
app.post<{ Body: Singer }>("/sheet-music", async (request, reply) => {
  const state = await consentState(guardianOf(request));
  const isFree = state === ConsentState.Granted;
  if (!isFree) return reply.code(403).send({ state });
  await printing.add("sheet", { for: request.body.name });
  return reply.code(202).send();
});
