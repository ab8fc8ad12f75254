import { Pool } from "pg";

export const pool = new Pool();

export class ConsentError extends Error {}

/** @guardianConsent */
export async function assertConsent(guardian: string | null): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  if (rows[0]?.granted !== true) throw new ConsentError("A guardian has to agree to this.");
}

/** A child that travels alone. */
export interface Passenger {
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
}
