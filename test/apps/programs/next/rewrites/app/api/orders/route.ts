// request: POST /api/orders [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
import { NextResponse } from "next/server";
import { pool, type Buyer } from "../../../consent";

export const POST = async (request: Request): Promise<NextResponse> => {
  const buyer = (await request.json()) as Buyer;
  await pool.query("INSERT INTO orders (name, address) VALUES ($1, $2)", [buyer.name, buyer.address]);
  return NextResponse.json({ ordered: true });
};
