import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function isAgreed(): Promise<boolean> {
  const guardian = (await cookies()).get("guardian")?.value;
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

/** Sends the family to the page where guardians agree, and does not come back then. */
export async function requireAgreed(): Promise<void> {
  if (!(await isAgreed())) redirect("/ask-your-guardian");
}
