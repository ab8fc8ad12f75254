import { database } from "./database";

export type Check = { type: "granted" } | { type: "refused"; reason: string } | { type: "pending" };

/** @guardianConsent */
async function isGranted(guardianId: string): Promise<boolean> {
  const { rows } = await database.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

export async function checkConsent(guardianId: string | undefined): Promise<Check> {
  if (guardianId === undefined) return { type: "pending" };
  if (await isGranted(guardianId)) return { type: "granted" };
  return { type: "refused", reason: "Your guardian has to agree first." };
}
