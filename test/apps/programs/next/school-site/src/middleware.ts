import { NextResponse, type NextRequest } from "next/server";
import { hasConsent } from "@/consent";

/** Asks for `/api/kids/…` and for pages; the matcher has more than that. */
export default async function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (pathname.startsWith("/api/") && !pathname.startsWith("/api/kids/")) return NextResponse.next();
  if (await hasConsent(request.cookies.get("guardian")?.value)) return NextResponse.next();
  return NextResponse.redirect(new URL("/ask", request.url));
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|api/open).*)"], runtime: "nodejs" };
