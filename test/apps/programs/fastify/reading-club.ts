// request: POST /members {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /open/members {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /open/late-hook {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /books/wishes {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /books/loans {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /events {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
// request: POST /events/sponsors {"email":"TOKEN1","name":"TOKEN2","guardianId":"g1"}
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { Pool } from "pg";

const pool = new Pool();

interface Reader {
  /** @childData contact */
  email: string;
  /** @childData identity */
  name: string;
}
type WithGuardian = Reader & { guardianId: string };

/** @guardianConsent */
async function mayJoin(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

async function requireConsent(request: FastifyRequest, reply: FastifyReply) {
  const { guardianId } = request.body as WithGuardian;
  if (!(await mayJoin(guardianId))) return reply.code(403).send({ error: "consent" });
}

export const app = Fastify();

app.post("/members", { preHandler: [requireConsent] }, async (request, reply) => {
  const { email, name } = request.body as Reader;
  await pool.query("INSERT INTO readers (email, name) VALUES ($1, $2)", [email, name]);
  return reply.code(201).send();
});

app.register(
  async (open: FastifyInstance) => {
    open.post("/members", async (request, reply) => {
      const { email, name } = request.body as Reader;
      await pool.query("INSERT INTO readers (email, name) VALUES ($1, $2)", [email, name]); // expect: require-guardian-consent Reader.email, Reader.name
      return reply.code(201).send();
    });
    // The hook of the route runs when the handler is done.
    open.post("/late-hook", { onResponse: requireConsent }, async (request) => {
      const { email, name } = request.body as Reader;
      await pool.query("INSERT INTO readers (email, name) VALUES ($1, $2)", [email, name]); // expect: require-guardian-consent Reader.email, Reader.name
      return {};
    });
  },
  { prefix: "/open" },
);

// Hooks are of the instance they were added to and of what is registered in it; it does not matter if routes stand above.
app.register(
  async (books: FastifyInstance) => {
    books.post("/loans", async (request) => {
      const { email, name } = request.body as Reader;
      await pool.query("INSERT INTO loans (email, name) VALUES ($1, $2)", [email, name]);
      return {};
    });
    books.addHook("preHandler", requireConsent);
    books.register(async (inner: FastifyInstance) => {
      inner.post("/wishes", async (request) => {
        const { email, name } = request.body as Reader;
        await pool.query("INSERT INTO wishes (email, name) VALUES ($1, $2)", [email, name]);
        return {};
      });
    });
  },
  { prefix: "/books" },
);

// What a hook answers with, it has to send or throw: a returned boolean is nothing.
app.register(
  async (events: FastifyInstance) => {
    events.addHook("preHandler", async (request: FastifyRequest) => {
      const { guardianId } = request.body as WithGuardian;
      return mayJoin(guardianId);
    });
    events.post("/", async (request) => {
      const { email, name } = request.body as Reader;
      await pool.query("INSERT INTO guests (email, name) VALUES ($1, $2)", [email, name]); // expect: require-guardian-consent Reader.email, Reader.name
      return {};
    });
    events.post("/sponsors", { preValidation: requireConsent }, async (request) => {
      const reader = request.body as Reader;
      await fetch("https://sponsors.example/guests", { method: "POST", body: JSON.stringify(reader) });
      return {};
    });
  },
  { prefix: "/events" },
);
