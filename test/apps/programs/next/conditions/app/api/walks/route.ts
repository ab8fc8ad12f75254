// request: POST /api/walks [x-guardian: g1] {"text":"TOKEN1"}
import { Pool } from "pg";

const pool = new Pool();

interface Walk {
  /** @childData content */
  text: string;
}

export async function POST(request: Request) {
  const { text }: Walk = await request.json();
  await pool.query("INSERT INTO walks (text) VALUES ($1)", [text]);
  return new Response(null, { status: 201 });
}
