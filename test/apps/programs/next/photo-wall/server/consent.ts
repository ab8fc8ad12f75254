import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { Pool } from "pg";

const pool = new Pool();

/** @guardianConsent */
export async function hasConsent(session: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE session_id = $1", [session]);
  return rows[0]?.granted ?? false;
}

export async function redirectUnlessConsented(): Promise<void> {
  const session = (await cookies()).get("session");
  if (!session || !(await hasConsent(session.value))) redirect("/parents");
}

export async function tryConsent(): Promise<boolean> {
  const session = (await cookies()).get("session");
  return session ? hasConsent(session.value) : false;
}
