import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../../plugins/consent.js";

export default async function tents(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/", async ({ body }) => {
    await pool.query("INSERT INTO tents (sleeper) VALUES ($1)", [body.finder]); // expect: require-guardian-consent Finder.finder
    return {};
  });
}
