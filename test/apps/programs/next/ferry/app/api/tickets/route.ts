// request: POST /api/tickets [x-guardian: g1] {"name":"TOKEN1","phone":"TOKEN2"}
import { pool, type Passenger } from "../../../lib/consent";

export async function POST(request: Request) {
  const passenger: Passenger = await request.json();
  await pool.query("INSERT INTO tickets (name, phone) VALUES ($1, $2)", [passenger.name, passenger.phone]);
  return new Response(null, { status: 201 });
}
