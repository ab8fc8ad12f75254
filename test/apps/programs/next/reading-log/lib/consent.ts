import { NextResponse, type NextRequest } from "next/server";
import { Pool } from "pg";

export const pool = new Pool();

export interface LogEntry {
  /** @childData behaviour */
  title: string;
  /** @childData content */
  note: string;
}

type Context<P> = { params: Promise<P> };
type Handler<P> = (request: NextRequest, context: Context<P>) => Promise<Response>;

/** @guardianConsent */
export async function hasGuardianConsent(guardianId: string | null): Promise<boolean> {
  if (!guardianId) return false;
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

/** Only for families that agreed. */
export function withConsent<P>(handler: Handler<P>): Handler<P> {
  return async (request, context) => {
    if (!(await hasGuardianConsent(request.headers.get("x-guardian"))))
      return NextResponse.json({ error: "consent_required" }, { status: 403 });
    return handler(request, context);
  };
}

/** Counts how often that is asked; decides nothing. */
export function withConsentStatistics<P>(handler: Handler<P>): Handler<P> {
  return async (request, context) => {
    const answer = await handler(request, context);
    answer.headers.set("x-consent", String(await hasGuardianConsent(request.headers.get("x-guardian"))));
    return answer;
  };
}
