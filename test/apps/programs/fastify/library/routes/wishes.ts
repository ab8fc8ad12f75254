import type { FastifyInstance } from "fastify";
import type { Reader } from "./readers.js";

export default async function wishes(fastify: FastifyInstance): Promise<void> {
  fastify.post<{ Body: Pick<Reader, "name"> & { guardianId: string } }>("/wishes", async ({ body }, reply) => {
    try {
      if (!(await fastify.mayBorrow(body.guardianId))) throw new Error("not allowed");
    } catch (error) {
      fastify.log.warn(error);
    } finally {
      await fetch("https://booksellers.example/wishes", { method: "POST", body: JSON.stringify({ name: body.name }) }); // expect: require-guardian-consent Reader.name
    }
    return reply.code(202).send();
  });
}
