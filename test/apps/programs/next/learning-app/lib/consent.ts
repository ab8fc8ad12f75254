import { NextResponse, type NextRequest } from "next/server";
import { Pool } from "pg";

export const pool = new Pool();

/** @guardianConsent */
export async function hasConsent(guardianId: string | null | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

type Handler<Context> = (request: NextRequest, context: Context) => Promise<Response>;

/** Wraps a route handler; the guardian is in a cookie. */
export function withConsent<Context>(handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    if (!(await hasConsent(request.cookies.get("guardian")?.value)))
      return NextResponse.json({ error: "a guardian has to agree" }, { status: 403 });
    return handler(request, context);
  };
}
