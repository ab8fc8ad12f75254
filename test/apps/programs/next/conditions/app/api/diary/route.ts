// request: POST /api/diary [x-guardian: g1] {"text":"TOKEN1"}
import { Pool } from "pg";

const pool = new Pool();

interface Page {
  /** @childData content */
  text: string;
}

export async function POST(request: Request) {
  const { text }: Page = await request.json();
  await pool.query("INSERT INTO diary (text) VALUES ($1)", [text]);
  return new Response(null, { status: 201 });
}
