import Router from "@koa/router";
import { pool, type Toddler } from "../database.js";

/** The tablet at the door. */
export const kiosk = new Router({ prefix: "/kiosk" });

kiosk.post("/checkins", async (ctx) => {
  const { name } = ctx.request.body as Pick<Toddler, "name">;
  await pool.query("INSERT INTO checkins (name) VALUES ($1)", [name]); // expect: require-guardian-consent Toddler.name
  ctx.status = 201;
});
