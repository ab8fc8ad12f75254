// request: POST /api/notes [x-guardian: g1] {"text":"TOKEN1"}
import { pool, type Note } from "../../../lib/consent";

export async function POST(request: Request) {
  const { text }: Note = await request.json();
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  return new Response(null, { status: 201 });
}
