import type { FastifyInstance } from "fastify";
import { needSlip, pool, type Finder } from "../../../plugins/consent.js";

/** A scope of its own: the hook is for what is registered here. */
export default async function badges(fastify: FastifyInstance) {
  fastify.addHook("preHandler", needSlip);
  fastify.post<{ Body: Finder }>("/", async ({ body }) => {
    await pool.query("INSERT INTO badges (finder) VALUES ($1)", [body.finder]);
    return {};
  });
}
