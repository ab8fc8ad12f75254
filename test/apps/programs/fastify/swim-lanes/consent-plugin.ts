import fp from "fastify-plugin";
import { consentFor } from "./consent.js";

export default fp(async (instance) => {
  instance.addHook("preHandler", async (request, reply) => {
    const consent = await consentFor(String(request.headers["x-guardian"]));
    if (consent === null) {
      reply.code(403).send({ error: "no consent" });
      return reply;
    }
  });
});
