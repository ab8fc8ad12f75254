import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function hasConsent(guardianId: string | null): Promise<boolean> {
  const found = await pool.query("SELECT granted FROM consent_records WHERE guardian_id = $1", [guardianId]);
  return found.rows[0]?.granted ?? false;
}

/** @childData health */
export interface Child {
  name: string;
  allergy: string;
}
