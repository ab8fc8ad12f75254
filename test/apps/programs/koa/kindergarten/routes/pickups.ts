import Router from "@koa/router";
import type { Toddler } from "../database.js";

export const pickups = new Router({ prefix: "/pickups" });

pickups.post("/", async (ctx) => {
  const { name } = ctx.request.body as Pick<Toddler, "name">;
  await fetch("https://taxis.example/orders", { method: "POST", body: JSON.stringify({ passenger: name }) }); // expect: require-guardian-consent Toddler.name
  ctx.status = 202;
});
