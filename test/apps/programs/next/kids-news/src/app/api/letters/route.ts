// request: POST /api/letters [cookie: guardian=g1] {"name":"TOKEN1","opinion":"TOKEN2"}
import { pool, readerOf } from "@/lib/reader";

export async function POST(request: Request) {
  const reader = await readerOf(request);
  await pool.query("INSERT INTO letters (name, text) VALUES ($1, $2)", [reader.name, reader.opinion]); // expect: require-guardian-consent Reader.name, Reader.opinion
  return Response.json({ ok: true }, { status: 201 });
}
