import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function assertConsent(guardian: string | null): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  if (rows[0]?.granted !== true) throw new Error("A guardian has to agree to this.");
}

export interface Note {
  /** @childData content */
  text: string;
}

type Handler = (request: Request) => Promise<Response>;

export const withConsentSoon =
  (handler: Handler): Handler =>
  async (request) => {
    assertConsent(request.headers.get("x-guardian")).catch(() => undefined);
    return handler(request);
  };

export const withConsentAnyway =
  (handler: Handler): Handler =>
  async (request) => {
    try {
      await assertConsent(request.headers.get("x-guardian"));
    } catch {
      console.warn("no consent");
    }
    return handler(request);
  };

export const withConsentAfterwards =
  (handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    await assertConsent(request.headers.get("x-guardian"));
    return response;
  };
