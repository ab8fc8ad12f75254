import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../../../plugins/consent.js";

export default async function scores(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/", async ({ body }) => {
    await pool.query("INSERT INTO scores (winner) VALUES ($1)", [body.finder]);
    return {};
  });
}
