import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../_shared/consent.js";

export default async function late(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/late", async (request) => {
    await pool.query("INSERT INTO late (voice) VALUES ($1)", [request.body.voice]);
    return { kept: true };
  });
}
