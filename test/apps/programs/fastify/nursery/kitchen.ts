import type { FastifyInstance } from "fastify";
import { pool } from "./consent.js";
import type { Toddler } from "./groups.js";

export async function kitchen(fastify: FastifyInstance) {
  fastify.patch<{ Body: Pick<Toddler, "diet"> }>("/diets/:id", async (request, reply) => {
    if (!request.hasConsent) return reply.status(403).send();
    await pool.query("UPDATE toddlers SET diet = $1", [request.body.diet]);
    return {};
  });

  fastify.post<{ Body: Toddler }>("/orders", async ({ body }) => {
    await fetch("https://catering.example/orders", { // expect: require-guardian-consent Toddler.name, Toddler.diet
      method: "POST",
      body: JSON.stringify({ eater: body.name, diet: body.diet }),
    });
    return {};
  });
}
