import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { Pool } from "pg";

export const pool = new Pool();

export interface Finder {
  /** @childData identity */
  finder: string;
}

/** @guardianConsent */
async function assertSlip(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT given FROM consent_slips WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.given) throw Object.assign(new Error("no slip"), { statusCode: 403 });
}

export async function needSlip(request: FastifyRequest): Promise<void> {
  await assertSlip((request.body as { guardianId: string }).guardianId);
}

export default fp(async (instance) => {
  instance.decorate("needSlip", needSlip);
});

declare module "fastify" {
  interface FastifyInstance {
    needSlip: typeof needSlip;
  }
}
