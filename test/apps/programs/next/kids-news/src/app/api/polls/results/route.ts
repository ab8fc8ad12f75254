// request: POST /api/polls/results [cookie: guardian=g1] {"name":"TOKEN1","opinion":"TOKEN2"}
import { readerOf } from "@/lib/reader";

export async function POST(request: Request) {
  const reader = await readerOf(request);
  await fetch("https://research.example/answers", { method: "POST", body: JSON.stringify({ answer: reader.opinion }) }); // expect: require-guardian-consent Reader.opinion
  return Response.json({ ok: true });
}
