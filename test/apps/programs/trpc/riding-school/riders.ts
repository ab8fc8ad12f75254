import { familyProcedure, guardedProcedure, publicProcedure, t } from "./trpc.js";

export const riders = t.router({
  enrol: guardedProcedure.mutation(({ ctx, input }) => ctx.riders.create(input)),
  // The family is known; whether it agreed is not asked.
  measure: familyProcedure.mutation(({ ctx, input }) => ctx.riders.measure(input)),
  rename: publicProcedure.mutation(async ({ ctx, input }) => ({ renamed: await ctx.riders.rename(input, ctx.guardianId) })),
});
