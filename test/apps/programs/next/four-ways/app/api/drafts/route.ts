// request: POST /api/drafts [x-guardian: g1] {"text":"TOKEN1"}
import { pool, type Note } from "../../../lib/consent";

export async function POST(request: Request) {
  const { text }: Note = await request.json();
  // reason: it stands before /api/notes/:path* only
  await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return new Response(null, { status: 201 });
}
