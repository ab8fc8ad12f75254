// request: PUT /api/pupils/7 [cookie: guardian=g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: POST /api/pupils/7 [cookie: guardian=g1] {"name":"TOKEN1","email":"TOKEN2"}
import { notFound } from "next/navigation";
import { cookies } from "next/headers";
import { hasConsent, pool } from "@/lib/consent";
import type { Pupil } from "@/lib/pupil";

interface Context {
  params: Promise<{ id: string }>;
}

export async function PUT(request: Request, { params }: Context) {
  const { id } = await params;
  const guardian = (await cookies()).get("guardian");
  if (guardian === undefined || !(await hasConsent(guardian.value))) notFound();
  const { name, email } = (await request.json()) as Pupil;
  await pool.query("UPDATE pupils SET name = $1, email = $2 WHERE id = $3", [name, email, id]);
  return Response.json({ id });
}

export async function POST(request: Request, { params }: Context) {
  const { id } = await params;
  const { name, email } = (await request.json()) as Pupil;
  await fetch(`https://certificates.example/pupils/${id}`, { method: "POST", body: JSON.stringify({ name, email }) }); // expect: require-guardian-consent Pupil.name, Pupil.email
  const guardian = (await cookies()).get("guardian");
  if (!(await hasConsent(guardian?.value))) notFound();
  return Response.json({ id });
}
