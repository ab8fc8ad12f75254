import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../../plugins/consent.js";

export default async function teams(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/", async ({ body }) => {
    await pool.query("INSERT INTO teams (captain) VALUES ($1)", [body.finder]);
    return {};
  });
}
