import type { FastifyPluginAsync } from "fastify";
import { pool } from "./consent.js";

/** @childData */
export interface Toddler {
  name: string;
  diet: string;
}

export const groups: FastifyPluginAsync = async (fastify) => {
  fastify.post<{ Body: Toddler }>("/join", { preHandler: fastify.requireConsent }, async ({ body }, reply) => {
    await pool.query("INSERT INTO toddlers (name, diet) VALUES ($1, $2)", [body.name, body.diet]);
    return reply.status(201).send();
  });

  fastify.post<{ Body: Toddler }>("/wait", async ({ body, hasConsent }, reply) => {
    if (!hasConsent) reply.status(403);
    await pool.query("INSERT INTO waiting (name, diet) VALUES ($1, $2)", [body.name, body.diet]); // expect: require-guardian-consent Toddler.name, Toddler.diet
    return {};
  });
};
