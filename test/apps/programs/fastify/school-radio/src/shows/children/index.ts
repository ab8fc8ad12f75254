import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../../_shared/consent.js";

export default async function recordings(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/", async (request) => {
    await pool.query("INSERT INTO recordings (voice) VALUES ($1)", [request.body.voice]);
    return { kept: true };
  });
}
