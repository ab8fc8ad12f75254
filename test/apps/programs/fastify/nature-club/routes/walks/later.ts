import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../../plugins/consent.js";

export default async function later(fastify: FastifyInstance) {
  fastify.addHook("onRequest", async () => undefined);
  fastify.post<{ Body: Finder }>("/later", { preHandler: fastify.needSlip }, async ({ body }) => {
    await pool.query("INSERT INTO walks (finder) VALUES ($1)", [body.finder]);
    return {};
  });
}
