import { Pool } from "pg";

export const db = new Pool();

declare const proof: unique symbol;

/** Only `consentFor` makes one. @guardianConsent */
export type Consent = { readonly guardianId: string; readonly [proof]: true };

/** @guardianConsent */
async function isOnFile(guardianId: string): Promise<boolean> {
  const { rows } = await db.query("SELECT count(*) AS count FROM consents WHERE guardian_id = $1 AND granted", [guardianId]);
  return Number(rows[0]?.count ?? 0) > 0;
}

export async function consentFor(guardianId: string): Promise<Consent | null> {
  if (!(await isOnFile(guardianId))) return null;
  return { guardianId } as Consent;
}

/** @childData identity */
export interface Swimmer {
  name: string;
  birthday: string;
}
