// request: POST /api/songs [x-guardian: g1] {"text":"TOKEN1"}
import { Pool } from "pg";

const pool = new Pool();

interface Song {
  /** @childData content */
  text: string;
}

export async function POST(request: Request) {
  const { text }: Song = await request.json();
  await pool.query("INSERT INTO songs (text) VALUES ($1)", [text]); // expect: require-guardian-consent Song.text
  return new Response(null, { status: 201 });
}
