import Router from "@koa/router";
import { Toddlers, type Toddler } from "../database.js";
import { isConsentGiven, requireConsentSoon } from "../middleware/consent.js";

export const naps = new Router();

naps.post("/", async (ctx) => {
  const body = ctx.request.body as Toddler & { guardianId: string };
  if (!(await isConsentGiven(body.guardianId))) return ctx.throw(403);
  await Toddlers.insert(body);
  ctx.status = 201;
});

naps.post("/quick", requireConsentSoon(), async (ctx) => {
  await Toddlers.insertNap(ctx.request.body as Toddler);
  ctx.status = 201;
});
