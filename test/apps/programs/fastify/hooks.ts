// request: POST /voice/throws {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/unawaited {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/callback {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/hasty {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/swallowed {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/sent {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/status-only {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /voice/header [x-guardian: g1] {"voice":"TOKEN1"}
// request: POST /voice/list {"voice":"TOKEN1","guardianId":"g1"}
// request: PUT /voice/list {"voice":"TOKEN1","guardianId":"g1"}
import Fastify, { type FastifyRequest, type preHandlerHookHandler } from "fastify";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const transcripts = new Queue("transcripts");

/** @childData biometric */
interface Recording {
  voice: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardianId]);
  if (rows.length === 0 || !rows[0].granted) throw new Error("not agreed");
}

const guardianOf = (request: FastifyRequest) => (request.body as { guardianId: string }).guardianId;
const recording = (request: FastifyRequest): Recording => ({ voice: (request.body as Recording).voice });

export const app = Fastify({ logger: false });

app.post("/voice/throws", { preHandler: async (request) => assertConsent(guardianOf(request)) }, async (request) => {
  await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]);
  return "ok";
});

const unawaited: preHandlerHookHandler = async (request) => {
  assertConsent(guardianOf(request));
};
app.post("/voice/unawaited", { preHandler: unawaited }, async (request) => {
  await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]); // expect: require-guardian-consent Recording.voice
  return "ok";
});

const callback: preHandlerHookHandler = (request, _reply, done) => {
  assertConsent(guardianOf(request)).then(() => done(), done);
};
app.post("/voice/callback", { preHandler: callback }, async (request) => {
  await transcripts.add("transcribe", recording(request));
  return "ok";
});

const hasty: preHandlerHookHandler = (request, reply, done) => {
  assertConsent(guardianOf(request)).catch(() => reply.code(403).send());
  done();
};
app.post("/voice/hasty", { preHandler: hasty }, async (request) => {
  await transcripts.add("transcribe", recording(request)); // expect: require-guardian-consent Recording.voice
  return "ok";
});

const swallowed: preHandlerHookHandler = async (request) => {
  await assertConsent(guardianOf(request)).catch((error: unknown) => request.log.warn({ error }, "no consent"));
};
app.post("/voice/swallowed", { preHandler: swallowed }, async (request) => {
  await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]); // expect: require-guardian-consent Recording.voice
  return "ok";
});

// Once a reply is sent the handler does not run any more, though nothing was returned.
app.post(
  "/voice/sent",
  {
    preHandler: async (request, reply) => {
      try {
        await assertConsent(guardianOf(request));
      } catch {
        reply.code(403).send("ask at home");
      }
    },
  },
  async (request) => {
    await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]);
    return "ok";
  },
);

// A status alone sends nothing.
app.post(
  "/voice/status-only",
  {
    preHandler: async (request, reply) => {
      try {
        await assertConsent(guardianOf(request));
      } catch {
        reply.code(403);
      }
    },
  },
  async (request) => {
    await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]); // expect: require-guardian-consent Recording.voice
    return "ok";
  },
);

app.route({
  method: "POST",
  url: "/voice/header",
  onRequest: async (request) => assertConsent(request.headers["x-guardian"]),
  handler: async (request) => {
    await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [recording(request).voice]);
    return "ok";
  },
});

const only =
  (method: string, hook: (request: FastifyRequest) => Promise<void>) =>
  async (request: FastifyRequest): Promise<void> => {
    if (request.method === method) await hook(request);
  };
app.route({
  method: ["POST", "PUT"],
  url: "/voice/list",
  preHandler: [only("POST", (request) => assertConsent(guardianOf(request)))],
  handler: async (request) => {
    await transcripts.add("list", recording(request)); // expect: require-guardian-consent Recording.voice
    return "ok";
  },
});
