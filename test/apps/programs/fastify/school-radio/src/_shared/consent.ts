import type { FastifyRequest } from "fastify";
import { Pool } from "pg";

export const pool = new Pool();

export interface Speaker {
  /** @childData biometric */
  voice: string;
}

/** @guardianConsent */
async function consentOf(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT given FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.given === true;
}

export async function needConsent(request: FastifyRequest): Promise<void> {
  if (!(await consentOf((request.body as { guardianId: string }).guardianId)))
    throw Object.assign(new Error("ask a guardian"), { statusCode: 403 });
}
