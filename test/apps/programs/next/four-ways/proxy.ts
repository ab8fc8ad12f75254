import { NextResponse, type NextRequest } from "next/server";
import { assertConsent } from "./lib/consent";

export async function proxy(request: NextRequest) {
  try {
    await assertConsent(request.headers.get("x-guardian"));
  } catch {
    return new NextResponse("no consent", { status: 403 });
  }
}

export const config = { matcher: "/api/notes/:path*" };
