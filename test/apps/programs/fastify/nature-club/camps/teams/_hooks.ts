import type { FastifyInstance } from "fastify";
import { needSlip } from "../../plugins/consent.js";

export default async function hooks(fastify: FastifyInstance) {
  fastify.addHook("preHandler", needSlip);
}
