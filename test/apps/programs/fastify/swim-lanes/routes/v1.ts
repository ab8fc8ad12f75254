import type { FastifyPluginAsync } from "fastify";
import { db, type Swimmer } from "../consent.js";

export const v1: FastifyPluginAsync = async (instance) => {
  instance.post<{ Body: Swimmer }>("/swimmers", async ({ body }, reply) => {
    await db.query("INSERT INTO swimmers (name, birthday) VALUES ($1, $2)", [body.name, body.birthday]);
    return reply.code(201).send();
  });

  instance.post<{ Body: Swimmer }>("/times", async ({ body: { name } }, reply) => {
    await db.query("INSERT INTO times (swimmer) VALUES ($1)", [name]);
    return reply.code(201).send();
  });
};
