import type { FastifyInstance } from "fastify";
import { pool, type Speaker } from "../_shared/consent.js";

export default async function greetings(fastify: FastifyInstance) {
  fastify.post<{ Body: Speaker }>("/greetings", async (request) => {
    await pool.query("INSERT INTO greetings (voice) VALUES ($1)", [request.body.voice]); // expect: require-guardian-consent Speaker.voice
    return { kept: true };
  });
}
