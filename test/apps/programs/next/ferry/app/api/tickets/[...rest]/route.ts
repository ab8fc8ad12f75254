// request: PUT /api/tickets/7/seat [x-guardian: g1] {"name":"TOKEN1","phone":"TOKEN2"}
import { pool, type Passenger } from "../../../../lib/consent";

export async function PUT(request: Request, { params }: { params: Promise<{ rest: string[] }> }) {
  const { rest } = await params;
  const { name }: Passenger = await request.json();
  await pool.query("UPDATE tickets SET name = $2 WHERE id = $1", [rest[0], name]);
  return new Response(null, { status: 204 });
}
