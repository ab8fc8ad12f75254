import Router from "@koa/router";
import { pool, Toddlers, type Toddler } from "../database.js";

export const children = new Router();

children.post("/", async (ctx) => {
  await Toddlers.insert(ctx.request.body as Toddler);
  ctx.status = 201;
});

children.patch("/:id", async (ctx) => {
  const { name } = ctx.request.body as Toddler;
  await pool.query("UPDATE toddlers SET name = $1 WHERE id = $2", [name, ctx.params.id]);
  ctx.status = 204;
});
