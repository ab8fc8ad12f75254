// request: POST /orders [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: POST /orders/express [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: PUT /orders/3 [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: POST /kitchen/notes [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: POST /kitchen/labels [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: POST /feedback [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
// request: POST /feedback/hall [x-parent: g1] {"pupil":"TOKEN1","allergies":"TOKEN2"}
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const cache = new Redis();

interface Order {
  /** @childData identity */
  pupil: string;
  /** @childData health */
  allergies: string;
}
type OrderRequest = FastifyRequest<{ Body: Order }>;

declare module "fastify" {
  interface FastifyRequest {
    parentAgreed: boolean;
  }
}

/** @guardianConsent */
async function parentConsented(parent: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE parent_id = $1", [parent]);
  return rows[0]?.granted === true;
}

async function readConsent(request: FastifyRequest) {
  request.parentAgreed = await parentConsented(String(request.headers["x-parent"]));
}

/** Sends an answer, which ends the request. */
async function demandConsent(request: FastifyRequest, reply: FastifyReply) {
  if (!request.parentAgreed) return reply.code(403).send({ error: "Your parent has to agree." });
}

/** Sets the status, which ends nothing. */
async function remarkConsent(request: FastifyRequest, reply: FastifyReply) {
  if (!request.parentAgreed) reply.code(403);
}

export const app = fastify();
app.decorateRequest("parentAgreed", false);
app.addHook("onRequest", readConsent);

app.post("/orders", { preHandler: demandConsent }, async ({ body }: OrderRequest) => {
  await pool.query("INSERT INTO orders (pupil, allergies) VALUES ($1, $2)", [body.pupil, body.allergies]);
  return { ok: true };
});
app.post("/orders/express", { preHandler: [remarkConsent] }, async ({ body }: OrderRequest) => {
  await pool.query("INSERT INTO orders (pupil, allergies) VALUES ($1, $2)", [body.pupil, body.allergies]); // expect: require-guardian-consent Order.pupil, Order.allergies
  return { ok: true };
});
app.route<{ Body: Order; Params: { id: string } }>({
  method: "PUT",
  url: "/orders/:id",
  preHandler: [demandConsent],
  handler: async ({ body, params }) => {
    await pool.query("UPDATE orders SET allergies = $2 WHERE id = $1", [params.id, body.allergies]);
    return { ok: true };
  },
});

app.register(
  async (kitchen) => {
    kitchen.addHook("preHandler", demandConsent);
    kitchen.post("/notes", async ({ body }: OrderRequest) => {
      await cache.set(`note:${body.pupil}`, body.allergies);
      return {};
    });
    kitchen.post("/labels", { onRequest: async ({ body }: OrderRequest) => void body }, async ({ body }: OrderRequest) => {
      await fetch("https://labels.example/print", { method: "POST", body: JSON.stringify(body) });
      return {};
    });
  },
  { prefix: "/kitchen" },
);

app.post("/feedback", async (request: OrderRequest, reply) => {
  if (request.parentAgreed === false) return reply.code(403).send();
  await cache.rpush("feedback", request.body.pupil);
  return {};
});
app.post("/feedback/hall", async (request: OrderRequest) => {
  const { pupil } = request.body;
  await cache.rpush("hall", pupil); // expect: require-guardian-consent Order.pupil
  return { agreed: request.parentAgreed };
});
