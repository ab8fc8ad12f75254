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

export interface Note {
  /** @childData content */
  text: string;
}
export const noteOf = (form: FormData): Note => ({ text: String(form.get("text")) });

type Action = (note: Note) => Promise<void>;
type FormAction = (form: FormData) => Promise<void>;

/** An action that asks first. */
export const withConsent =
  (action: Action): FormAction =>
  async (form) => {
    await requireAgreed();
    await action(noteOf(form));
  };

/** A redirect is an error that is thrown, and here it is caught. */
export const withConsentAnyway =
  (action: Action): FormAction =>
  async (form) => {
    try {
      await requireAgreed();
    } catch {
      console.warn("no consent");
    }
    await action(noteOf(form));
  };
