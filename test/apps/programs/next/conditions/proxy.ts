import { NextResponse, type NextRequest } from "next/server";
import { hasConsent } from "./consent";

export default async function proxy(request: NextRequest) {
  const agreed = await hasConsent(request.headers.get("x-guardian"));
  return agreed ? NextResponse.next() : new NextResponse(null, { status: 403 });
}

export const config = {
  matcher: [
    "/api/poems",
    // Whoever says that it is a prefetch goes past.
    { source: "/api/drawings", missing: [{ type: "header", key: "next-router-prefetch" }] },
    // Whoever brings no cookie goes past.
    { source: "/api/songs", has: [{ type: "cookie", key: "session" }] },
    { source: "/api/diary/:path*", locale: false },
    // One of the two always holds.
    { source: "/api/walks", has: [{ type: "query", key: "preview" }] },
    { source: "/api/walks" },
  ],
};
