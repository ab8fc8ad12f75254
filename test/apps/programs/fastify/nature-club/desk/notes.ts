import type { FastifyInstance } from "fastify";
import { pool, type Finder } from "../plugins/consent.js";

export default async function notes(fastify: FastifyInstance) {
  fastify.post<{ Body: Finder }>("/notes", async ({ body }) => {
    await pool.query("INSERT INTO notes (about) VALUES ($1)", [body.finder]); // expect: require-guardian-consent Finder.finder
    return {};
  });
}
