import { NextResponse, type NextRequest } from "next/server";
import { Pool } from "pg";

const pool = new Pool();

/** @guardianConsent */
async function agreed(guardian: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

export default async function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const guardian = request.cookies.get("guardian")?.value;

  if (pathname.startsWith("/api/comments")) {
    if (await agreed(guardian)) return NextResponse.next();
    return NextResponse.redirect(new URL("/ask", request.url));
  }
  if (pathname.startsWith("/api/polls") && request.method === "POST") {
    if (!(await agreed(guardian))) return new NextResponse("no consent", { status: 451 });
  }
  if (pathname.startsWith("/api/letters")) {
    if (!agreed(guardian)) return new NextResponse("no consent", { status: 451 });
  }
  return NextResponse.next();
}

export const config = {
  matcher: ["/api/comments/:path*", "/api/polls", "/api/letters"],
};
