// request: POST /internal/seats [x-guardian: g1] {"name":"TOKEN1","phone":"TOKEN2"}
import { pool, type Passenger } from "../../../lib/consent";

// Meant for rewrites only, and open to everybody who knows the path.
export async function POST(request: Request) {
  const passenger: Passenger = await request.json();
  await pool.query("INSERT INTO seats (name) VALUES ($1)", [passenger.name]); // expect: require-guardian-consent Passenger.name
  return new Response(null, { status: 201 });
}
