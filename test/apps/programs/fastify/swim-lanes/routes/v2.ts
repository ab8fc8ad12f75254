import type { FastifyInstance } from "fastify";
import { consentFor, db, type Consent, type Swimmer } from "../consent.js";

async function enrol(swimmer: Swimmer, consent: Consent): Promise<void> {
  await db.query("INSERT INTO swimmers (name, birthday, guardian) VALUES ($1, $2, $3)", [
    swimmer.name,
    swimmer.birthday,
    consent.guardianId,
  ]);
}

async function enrolAnyhow(swimmer: Swimmer, consent: Consent | null): Promise<void> {
  await db.query("INSERT INTO waiting_list (name, guardian) VALUES ($1, $2)", [swimmer.name, consent?.guardianId]); // expect: require-guardian-consent Swimmer.name
}

async function enrolForged(swimmer: Swimmer, consent: Consent): Promise<void> {
  await db.query("INSERT INTO guests (name, guardian) VALUES ($1, $2)", [swimmer.name, consent.guardianId]); // expect: require-guardian-consent Swimmer.name
}

export async function v2(instance: FastifyInstance): Promise<void> {
  instance.post<{ Body: Swimmer }>("/swimmers", async (request, reply) => {
    const consent = await consentFor(String(request.headers["x-guardian"]));
    if (!consent) return reply.code(403).send();
    await enrol(request.body, consent);
    return reply.code(201).send();
  });

  instance.post<{ Body: Swimmer }>("/swimmers/forged", async (request, reply) => {
    const consent = { guardianId: request.headers["x-guardian"] } as Consent;
    await enrolForged(request.body, consent);
    return reply.code(201).send();
  });

  instance.post<{ Body: Swimmer }>("/swimmers/waiting", async (request, reply) => {
    await enrolAnyhow(request.body, await consentFor(String(request.headers["x-guardian"])));
    return reply.code(202).send();
  });
}
