import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../_shared/consent.js";

export default async function jingles(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/jingles", async (request) => {
    await pool.query("INSERT INTO jingles (voice) VALUES ($1)", [request.body.voice]);
    return { kept: true };
  });
}
