// request: PUT /api/comments/12 [cookie: guardian=g1] {"name":"TOKEN1","opinion":"TOKEN2"}
import { pool, readerOf } from "@/lib/reader";

export async function PUT(request: Request, context: { params: Promise<{ id: string }> }) {
  const [{ id }, { opinion }] = await Promise.all([context.params, readerOf(request)]);
  await pool.query("UPDATE comments SET opinion = $2 WHERE id = $1", [id, opinion]);
  return Response.json({ ok: true });
}
