import { createMiddleware } from "hono/factory";
import { Pool } from "pg";

export const pool = new Pool();

/** @childData contact */
export interface Visitor {
  name: string;
  email: string;
}

interface Options {
  onMissing: "refuse" | "warn";
}

/** @guardianConsent */
export async function consentGiven(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM guardian_consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

export const consent = ({ onMissing }: Options) =>
  createMiddleware(async (c, next) => {
    const { guardianId } = await c.req.json<{ guardianId: string }>();
    if (!(await consentGiven(guardianId))) {
      if (onMissing === "refuse") return c.json({ error: "a guardian has to agree" }, 403);
      console.warn("without consent:", c.req.path);
    }
    await next();
  });
