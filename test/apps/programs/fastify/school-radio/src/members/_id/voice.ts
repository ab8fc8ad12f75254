import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../../_shared/consent.js";

export default async function members(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/voice", async (request) => {
    await pool.query("INSERT INTO members (voice) VALUES ($1)", [request.body.voice]); // expect: require-guardian-consent Speaker.voice
    return { kept: true };
  });
}
