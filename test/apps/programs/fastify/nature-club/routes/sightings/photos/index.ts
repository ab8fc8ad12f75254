import type { FastifyPluginAsync } from "fastify";
import { pool, type Finder } from "../../../plugins/consent.js";

const photos: FastifyPluginAsync = async (fastify) => {
  fastify.post("/", async (request) => {
    const { finder } = request.body as Finder;
    await pool.query("INSERT INTO photos (finder) VALUES ($1)", [finder]); // expect: require-guardian-consent Finder.finder
    return {};
  });
};

export default photos;
