import type { FastifyInstance } from "fastify";
import { needSlip } from "../plugins/consent.js";

export default async function (fastify: FastifyInstance) {
  fastify.addHook("preHandler", needSlip);
}
