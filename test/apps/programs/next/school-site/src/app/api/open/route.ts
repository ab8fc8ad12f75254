// request: POST /api/open [cookie: guardian=g1] {"mark":"TOKEN1"}
import type { Note } from "@/consent";

export async function POST(request: Request) {
  const note: Note = await request.json();
  await fetch("https://tutors.example/requests", { method: "POST", body: JSON.stringify({ about: note.mark }) }); // expect: require-guardian-consent Note.mark
  return new Response(null, { status: 202 });
}
