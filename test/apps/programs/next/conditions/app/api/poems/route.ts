// request: POST /api/poems [x-guardian: g1] {"text":"TOKEN1"}
import { Pool } from "pg";

const pool = new Pool();

interface Poem {
  /** @childData content */
  text: string;
}

export async function POST(request: Request) {
  const { text }: Poem = await request.json();
  await pool.query("INSERT INTO poems (text) VALUES ($1)", [text]);
  return new Response(null, { status: 201 });
}
