// request: POST /api/children [x-guardian: g1] {"name":"TOKEN1","allergy":"TOKEN2"}
import { pool, type Child } from "../../../consent";

export async function POST(request: Request) {
  const { name, allergy }: Child = await request.json();
  await pool.query("INSERT INTO children (name, allergy) VALUES ($1, $2)", [name, allergy]);
  return Response.json({}, { status: 201 });
}
