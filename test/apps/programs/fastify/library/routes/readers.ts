import type { FastifyPluginAsync } from "fastify";

export interface Reader {
  /** @childData identity */
  name: string;
  /** @childData credential */
  card: string;
}
interface Posted extends Reader {
  guardianId: string;
}

const readers: FastifyPluginAsync = async (fastify) => {
  fastify.post<{ Body: Posted }>("/", { onRequest: [], preHandler: fastify.consentHook }, async (request, reply) => {
    const { name, card } = request.body;
    await fastify.pg.query("INSERT INTO readers (name, card) VALUES ($1, $2)", [name, card]);
    reply.code(201);
  });

  fastify.post<{ Body: Posted }>("/guests", async (request, reply) => {
    const { name, card, guardianId } = request.body;
    if (!fastify.mayBorrow(guardianId)) return reply.code(403).send();
    await fastify.pg.query("INSERT INTO guests (name, card) VALUES ($1, $2)", [name, card]); // expect: require-guardian-consent Reader.name, Reader.card
    return reply.code(201).send();
  });
};

export default readers;
