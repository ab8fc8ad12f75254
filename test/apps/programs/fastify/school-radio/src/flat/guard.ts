import type { FastifyInstance } from "fastify";
import { needConsent } from "../_shared/consent.js";

export default async function guard(fastify: FastifyInstance) {
  fastify.addHook("preHandler", needConsent);
}
