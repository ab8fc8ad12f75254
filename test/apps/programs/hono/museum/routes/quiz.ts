import { Hono } from "hono";
import { consentGiven, pool, type Visitor } from "../lib/consent.js";

export const quiz = new Hono();

quiz.post("/answers", async (c) => {
  const { name } = await c.req.json<Visitor>();
  await pool.query("INSERT INTO answers (name) VALUES ($1)", [name]); // expect: require-guardian-consent Visitor.name
  return c.body(null, 204);
});

quiz.post("/winners", async (c) => {
  const { guardianId, ...visitor } = await c.req.json<Visitor & { guardianId: string }>();
  const given = await consentGiven(guardianId);
  switch (given) {
    case true:
      await pool.query("INSERT INTO winners (name, email) VALUES ($1, $2)", [visitor.name, visitor.email]);
      return c.body(null, 204);
    default:
      return c.body(null, 403);
  }
});
