import type { FastifyPluginCallback } from "fastify";
import { isAgreed, pool } from "./consent.js";
import type { Toddler } from "./groups.js";

type Body = Pick<Toddler, "name"> & { guardianId: string };

export const photos: FastifyPluginCallback = (fastify, _options, done) => {
  fastify.addHook("preHandler", (request, reply, next) => {
    isAgreed((request.body as Body).guardianId).then(
      (agreed) => (agreed ? next() : void reply.code(403).send()),
      next,
    );
  });
  fastify.post<{ Body: Body }>("/", async ({ body }) => {
    await pool.query("INSERT INTO photos (name) VALUES ($1)", [body.name]);
    return {};
  });
  fastify.post<{ Body: Body }>("/share", async ({ body }) => {
    await fetch(`https://prints.example/orders?name=${encodeURIComponent(body.name)}`, { method: "POST" });
    return {};
  });
  done();
};
