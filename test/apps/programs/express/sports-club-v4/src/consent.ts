import type { NextFunction, Request, RequestHandler, Response } from "express";
import { pool } from "./database.js";

/**
 * Completes if the guardian has signed.
 * @guardianConsent
 */
export async function consentOf(guardianId: string): Promise<void> {
  const found = await pool.query("SELECT granted FROM consent_records WHERE guardian_id = $1", [guardianId]);
  if (!found.rows[0]?.granted) throw new Error("the guardian has not signed");
}

/** Express 4 leaves rejections of handlers alone; this hands them to `next`. */
export function rejectionsToNext(handler: (req: Request, res: Response) => Promise<void>): RequestHandler {
  return (req, res, next) => {
    handler(req, res).catch(next);
  };
}

/** Rejects outside the chain: the request then waits for ever, and goes on nowhere. */
export async function signed(req: Request, _res: Response, next: NextFunction): Promise<void> {
  await consentOf(req.body.guardianId);
  next();
}

/** Goes on before the answer is there. */
export function signedSoon(req: Request, _res: Response, next: NextFunction): void {
  void consentOf(req.body.guardianId);
  next();
}
