import { Pool } from "pg";

const pool = new Pool();

/** @guardianConsent */
export async function hasConsent(guardianId: string | null): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}
