// request: POST /api/pupils [cookie: guardian=g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: PUT /api/pupils [cookie: guardian=g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: PATCH /api/pupils [cookie: guardian=g1] {"name":"TOKEN1","email":"TOKEN2"}
import { NextResponse, type NextRequest } from "next/server";
import { hasConsent, pool, withConsent } from "@/lib/consent";
import type { Pupil } from "@/lib/pupil";

export const POST = withConsent(async (request) => {
  const pupil: Pupil = await request.json();
  await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]);
  return NextResponse.json({}, { status: 201 });
});

export async function PUT(request: NextRequest) {
  const pupil: Pupil = await request.json();
  if (!(await hasConsent(request.cookies.get("guardian")?.value))) {
    NextResponse.json({ error: "a guardian has to agree" }, { status: 403 });
  }
  await pool.query("UPDATE pupils SET name = $1, email = $2", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
  return NextResponse.json({});
}

export async function PATCH(request: NextRequest) {
  const pupil: Pupil = await request.json();
  const agreed = hasConsent(request.cookies.get("guardian")?.value);
  if (!agreed) return new Response(null, { status: 403 });
  await pool.query("UPDATE pupils SET name = $1, email = $2", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
  return new Response(null, { status: 204 });
}
