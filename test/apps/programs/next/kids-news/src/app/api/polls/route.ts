// request: POST /api/polls [cookie: guardian=g1] {"name":"TOKEN1","opinion":"TOKEN2"}
// request: PUT /api/polls [cookie: guardian=g1] {"name":"TOKEN1","opinion":"TOKEN2"}
import { pool, readerOf } from "@/lib/reader";

export async function POST(request: Request) {
  const { opinion } = await readerOf(request);
  await pool.query("INSERT INTO polls (opinion) VALUES ($1)", [opinion]);
  return Response.json({ ok: true }, { status: 201 });
}

export async function PUT(request: Request) {
  const { opinion } = await readerOf(request);
  await pool.query("UPDATE polls SET opinion = $1", [opinion]); // expect: require-guardian-consent Reader.opinion
  return Response.json({ ok: true });
}
