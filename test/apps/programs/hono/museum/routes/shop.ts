import { Hono } from "hono";
import type { Visitor } from "../lib/consent.js";

export const shop = new Hono().post("/orders", async (c) => {
  const { name } = await c.req.json<Pick<Visitor, "name">>();
  await fetch("https://giftshop.example/orders", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Visitor.name
  return c.body(null, 202);
});
