import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../../plugins/consent.js";

export default async function walks(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/", async ({ body }) => {
    await pool.query("INSERT INTO walks (finder) VALUES ($1)", [body.finder]); // expect: require-guardian-consent Finder.finder
    return {};
  });
}
