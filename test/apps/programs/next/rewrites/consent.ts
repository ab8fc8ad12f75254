import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function requireConsent(guardianId: string | null): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

/** @childData contact */
export interface Buyer {
  name: string;
  address: string;
}
