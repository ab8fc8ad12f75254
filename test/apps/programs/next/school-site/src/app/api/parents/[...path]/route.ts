// request: POST /api/parents/maths/marks [cookie: guardian=g1] {"mark":"TOKEN1"}
// request: PUT /api/parents/maths/marks [cookie: guardian=g1] {"mark":"TOKEN1"}
import { NextResponse, type NextRequest } from "next/server";
import { hasConsent, pool, type Note } from "@/consent";

export async function POST(request: NextRequest): Promise<NextResponse> {
  const { mark }: Note = await request.json();
  await pool.query("INSERT INTO marks (mark) VALUES ($1)", [mark]); // expect: require-guardian-consent Note.mark
  return NextResponse.json({});
}

export async function PUT(request: NextRequest): Promise<NextResponse> {
  const agreed = await hasConsent(request.cookies.get("guardian")?.value);
  if (!agreed) return NextResponse.json({}, { status: 403 });
  const { mark }: Note = await request.json();
  await pool.query("UPDATE marks SET mark = $1", [mark]);
  return NextResponse.json({});
}
