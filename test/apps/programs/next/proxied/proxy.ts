import { NextResponse, type NextRequest } from "next/server";
import { hasConsent } from "./consent";

/** Before everything below `/api/children`, `/api/child/…` and `/enrol`. */
export async function proxy(request: NextRequest) {
  if (!(await hasConsent(request.headers.get("x-guardian"))))
    return NextResponse.json({ error: "a guardian has to agree" }, { status: 403 });
  return NextResponse.next();
}

export const config = { matcher: ["/api/children/:path*", "/api/child/:path*", "/enrol"] };
