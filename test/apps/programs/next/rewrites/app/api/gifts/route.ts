// request: POST /api/gifts [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
// request: PUT /api/gifts [x-guardian: g1] {"name":"TOKEN1","address":"TOKEN2"}
import { requireConsent, type Buyer } from "../../../consent";

const send = (buyer: Buyer) => fetch("https://gifts.example/v1", { method: "POST", body: JSON.stringify(buyer) }); // expect: require-guardian-consent Buyer.name, Buyer.address

export async function POST(request: Request) {
  const buyer: Buyer = await request.json();
  await send(buyer);
  return new Response(null, { status: 202 });
}

export async function PUT(request: Request) {
  const buyer: Buyer = await request.json();
  await requireConsent(request.headers.get("x-guardian"));
  await fetch("https://gifts.example/v2", { method: "POST", body: JSON.stringify({ to: buyer.name }) });
  return new Response(null, { status: 202 });
}
