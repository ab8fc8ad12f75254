import type { Middleware } from "koa";
import { pool } from "../database.js";

/** @guardianConsent */
export async function isConsentGiven(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows.length > 0 && rows[0].granted === true;
}

export function requireConsent(status = 403): Middleware {
  return async (ctx, next) => {
    const { guardianId } = ctx.request.body as { guardianId?: string };
    ctx.assert(guardianId, 400);
    if (!(await isConsentGiven(guardianId))) {
      ctx.status = status;
      return;
    }
    await next();
  };
}

/** Asks, and forgets to wait. */
export function requireConsentSoon(): Middleware {
  return async (ctx, next) => {
    const { guardianId } = ctx.request.body as { guardianId: string };
    isConsentGiven(guardianId).then((given) => ctx.assert(given, 403));
    await next();
  };
}
