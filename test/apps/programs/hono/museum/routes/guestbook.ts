import { Hono } from "hono";
import { consent, pool, type Visitor } from "../lib/consent.js";

export const guestbook = new Hono();

guestbook.post("/", consent({ onMissing: "refuse" }), async (c) => {
  const { name } = await c.req.json<Visitor>();
  await pool.query("INSERT INTO guestbook (name) VALUES ($1)", [name]);
  return c.body(null, 201);
});
