// request: POST /api/newsletter [cookie: guardian=g1] {"email":"TOKEN2"}
import { pool } from "@/lib/consent";
import type { Pupil } from "@/lib/pupil";

export const runtime = "nodejs";

export async function POST(request: Request) {
  const { email }: Pick<Pupil, "email"> = await request.json();
  await pool.query("INSERT INTO readers (email) VALUES ($1)", [email]); // expect: require-guardian-consent Pupil.email
  return new Response(null, { status: 204 });
}
