import { NextResponse, type NextRequest } from "next/server";
import { assertConsent, ConsentError } from "./lib/consent";

const open = /^\/api\/(?:timetable|contact)/u;

export async function proxy(request: NextRequest) {
  if (open.test(request.nextUrl.pathname)) return NextResponse.next();
  try {
    await assertConsent(request.headers.get("x-guardian"));
  } catch (error) {
    if (error instanceof ConsentError) return NextResponse.json({ error: error.message }, { status: 403 });
    throw error;
  }
  if (request.nextUrl.pathname === "/api/seat") return NextResponse.rewrite(new URL("/internal/seats", request.url));
}

export const config = { matcher: "/api/:path*" };
