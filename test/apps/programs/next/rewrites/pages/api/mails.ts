// request: POST /api/mails [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
// request: POST /api/mails [x-guardian: g1] [purpose: prefetch] {"name":"TOKEN1","address":"TOKEN2"}
import type { NextApiRequest, NextApiResponse } from "next";
import { pool, type Buyer } from "../../consent";

export default async function mails(req: NextApiRequest, res: NextApiResponse<{ kept: boolean }>) {
  if (req.method !== "POST") return res.status(405).end();
  const { address } = req.body as Buyer;
  await pool.query("INSERT INTO mails (address) VALUES ($1)", [address]); // expect: require-guardian-consent Buyer.address
  res.status(200).json({ kept: true });
}
