// request: POST /api/soon [x-guardian: g1] {"text":"TOKEN1"}
import { pool, withConsentSoon, type Note } from "../../../lib/consent";

export const POST = withConsentSoon(async (request) => {
  const { text }: Note = await request.json();
  // reason: its promise is not awaited
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return new Response(null, { status: 201 });
});
