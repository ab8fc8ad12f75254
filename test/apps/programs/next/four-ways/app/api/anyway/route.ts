// request: POST /api/anyway [x-guardian: g1] {"text":"TOKEN1"}
import { pool, withConsentAnyway, type Note } from "../../../lib/consent";

export const POST = withConsentAnyway(async (request) => {
  const { text }: Note = await request.json();
  // reason: the error is swallowed, or the answer lost, at lib/consent.ts:30
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return new Response(null, { status: 201 });
});
