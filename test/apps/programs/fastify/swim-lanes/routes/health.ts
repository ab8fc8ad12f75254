import type { FastifyInstance } from "fastify";
import consentPlugin from "../consent-plugin.js";
import type { Swimmer } from "../consent.js";

export async function healthRoutes(instance: FastifyInstance): Promise<void> {
  instance.post<{ Body: Swimmer }>("/report", async ({ body }, reply) => {
    await fetch("https://clinic.example/reports", { method: "POST", body: JSON.stringify({ who: body.name }) });
    return reply.code(202).send();
  });
  // Hooks of one scope are collected before any request is answered.
  await instance.register(consentPlugin);
}
