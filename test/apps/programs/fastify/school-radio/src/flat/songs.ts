import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../_shared/consent.js";

export default async function songs(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/songs", async (request) => {
    await pool.query("INSERT INTO songs (voice) VALUES ($1)", [request.body.voice]);
    return { kept: true };
  });
}
