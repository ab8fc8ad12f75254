import type { FastifyPluginAsync } from "fastify";
import { pool, type Finder } from "../../plugins/consent.js";

const sightings: FastifyPluginAsync = async (fastify) => {
  fastify.post("/", async (request) => {
    const { finder } = request.body as Finder;
    await pool.query("INSERT INTO sightings (finder) VALUES ($1)", [finder]);
    return {};
  });
};

export default sightings;
