// request: POST /api/drawings [x-guardian: g1] [next-router-prefetch: 1] {"text":"TOKEN1"}
import { Pool } from "pg";

const pool = new Pool();

interface Drawing {
  /** @childData content */
  text: string;
}

export async function POST(request: Request) {
  const { text }: Drawing = await request.json();
  await pool.query("INSERT INTO drawings (text) VALUES ($1)", [text]); // expect: require-guardian-consent Drawing.text
  return new Response(null, { status: 201 });
}
