import type { FastifyInstance } from "fastify";
import type { Reader } from "./readers.js";

type Loan = Pick<Reader, "card">;

export async function loans(fastify: FastifyInstance): Promise<void> {
  fastify.post<{ Body: Loan }>("/loans", async ({ body }) => {
    await fastify.pg.query("INSERT INTO loans (card) VALUES ($1)", [body.card]);
    return {};
  });
  fastify.post<{ Body: Loan }>("/loans/extend", async ({ body }) => {
    await fastify.pg.query("UPDATE loans SET card = $1", [body.card]);
    return {};
  });
}

export async function oldLoans(fastify: FastifyInstance): Promise<void> {
  fastify.post<{ Body: Loan }>("/loans", async ({ body }) => {
    await fastify.pg.query("INSERT INTO loans (card) VALUES ($1)", [body.card]); // expect: require-guardian-consent Reader.card
    return {};
  });
}
