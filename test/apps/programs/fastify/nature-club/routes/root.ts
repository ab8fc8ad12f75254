import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../plugins/consent.js";

export const autoPrefix = "/hello";

export default async function root(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/visitors", async ({ body }) => {
    await pool.query("INSERT INTO visitors (finder) VALUES ($1)", [body.finder]); // expect: require-guardian-consent Finder.finder
    return {};
  });
}
