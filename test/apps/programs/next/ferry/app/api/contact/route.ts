// request: POST /api/contact [x-guardian: g1] {"name":"TOKEN1","phone":"TOKEN2"}
import { pool, type Passenger } from "../../../lib/consent";

export async function POST(request: Request) {
  const { phone } = (await request.json()) as Passenger;
  await pool.query("INSERT INTO contacts (phone) VALUES ($1)", [phone]); // expect: require-guardian-consent Passenger.phone
  return new Response(null, { status: 201 });
}
