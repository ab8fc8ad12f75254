import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function hasConsent(guardianId: string | undefined): Promise<boolean> {
  if (guardianId === undefined) return false;
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

export interface Note {
  /** @childData education */
  mark: string;
}
