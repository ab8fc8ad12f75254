// request: POST /api/early [x-guardian: g1] {"text":"TOKEN1"}
import { pool, withConsentAfterwards, type Note } from "../../../lib/consent";

export const POST = withConsentAfterwards(async (request) => {
  const { text }: Note = await request.json();
  // reason: it runs after this
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  return new Response(null, { status: 201 });
});
