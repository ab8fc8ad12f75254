// request: POST /api/legacy [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
// request: POST /api/old/orders [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
import { pool, type Buyer } from "../../../consent";

export async function POST(request: Request) {
  const { name, address }: Buyer = await request.json();
  await pool.query("INSERT INTO orders (name, address) VALUES ($1, $2)", [name, address]); // expect: require-guardian-consent Buyer.name, Buyer.address
  return Response.json({ ordered: true });
}
