import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import pg from "pg";

export const pool = new pg.Pool();

declare module "fastify" {
  interface FastifyInstance {
    requireConsent(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
  interface FastifyRequest {
    hasConsent: boolean;
  }
}

/** @guardianConsent */
export async function isAgreed(guardianId: string): Promise<boolean> {
  const { rowCount, rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rowCount === 1 && rows[0].granted === true;
}

/** The instance gets a function that routes can name, and each request a word on what was found out. */
export const consentPlugin = fp(async (instance) => {
  instance.decorate("requireConsent", async (request: FastifyRequest, reply: FastifyReply) => {
    const { guardianId } = request.body as { guardianId: string };
    if (!(await isAgreed(guardianId))) await reply.code(403).send();
  });
  instance.decorateRequest("hasConsent", false);
  instance.addHook("preHandler", async (request) => {
    const { guardianId } = request.body as { guardianId: string };
    request.hasConsent = await isAgreed(guardianId);
  });
});
