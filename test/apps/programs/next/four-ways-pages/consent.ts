import type { NextApiHandler, NextApiRequest } from "next";
import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function assertConsent(request: NextApiRequest): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [request.body.guardianId]);
  if (!rows[0]?.granted) throw new Error("a guardian has to agree");
}

export const guarded =
  (handler: NextApiHandler): NextApiHandler =>
  async (request, response) => {
    try {
      await assertConsent(request);
    } catch {
      return response.status(403).json({ error: "consent" });
    }
    return handler(request, response);
  };

/** Answers, and goes on. */
export const guardedLoosely =
  (handler: NextApiHandler): NextApiHandler =>
  async (request, response) => {
    await assertConsent(request).catch(() => response.status(403).json({ error: "consent" }));
    return handler(request, response);
  };
