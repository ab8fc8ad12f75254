import type { FastifyInstance, preHandlerAsyncHookHandler } from "fastify";
import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    consentHook: preHandlerAsyncHookHandler;
    mayBorrow(guardianId: string): Promise<boolean>;
  }
}

async function plugin(fastify: FastifyInstance): Promise<void> {
  /** @guardianConsent */
  async function mayBorrow(guardianId: string): Promise<boolean> {
    const { rows } = await fastify.pg.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }

  fastify.decorate("mayBorrow", mayBorrow);
  fastify.decorate("consentHook", async (request, reply) => {
    const { guardianId } = request.body as { guardianId: string };
    if (await mayBorrow(guardianId)) return;
    return reply.code(403).send({ error: "a guardian has to agree" });
  });
}

export default fp(plugin, { name: "consent" });
