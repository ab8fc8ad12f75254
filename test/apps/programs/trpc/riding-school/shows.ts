import type { Rider } from "./rider-service.js";
import { familyProcedure, publicProcedure, t } from "./trpc.js";

export const shows = t.router({
  enter: familyProcedure.mutation(async ({ ctx, input }) => {
    const rider: Rider = input;
    if (ctx.hasConsent) await ctx.pool.query("INSERT INTO entries (name) VALUES ($1)", [rider.name]);
    else console.info("not without a guardian");
  }),
  publish: publicProcedure.mutation(async ({ ctx, input }) => {
    const rider: Rider = input;
    const renamed = await ctx.riders.rename(rider, ctx.guardianId);
    await fetch("https://shows.example/lists", { method: "POST", body: JSON.stringify({ name: rider.name, renamed }) }); // expect: require-guardian-consent Rider.name
  }),
});
