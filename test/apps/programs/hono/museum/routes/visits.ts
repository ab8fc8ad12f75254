import { Hono } from "hono";
import { pool, type Visitor } from "../lib/consent.js";

export const visits = new Hono();

visits.post("/", async (c) => {
  const { name, email } = await c.req.json<Visitor>();
  await pool.query("INSERT INTO visits (name, email) VALUES ($1, $2)", [name, email]);
  return c.json({ booked: true }, 201);
});

visits.post("/group", async (c) => {
  const visitor = await c.req.json<Visitor>();
  await fetch("https://tickets.example/groups", { method: "POST", body: JSON.stringify({ lead: visitor.email }) });
  return c.json({ booked: true }, 202);
});
