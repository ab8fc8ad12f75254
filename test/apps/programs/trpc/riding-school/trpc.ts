import { initTRPC, TRPCError } from "@trpc/server";
import { Pool } from "pg";
import { z } from "zod";
import { RiderService } from "./rider-service.js";

export interface Context {
  guardianId: string;
  riders: RiderService;
  pool: Pool;
}

const pool = new Pool();

export const createContext = ({ req }: { req: Request }): Context => ({
  guardianId: req.headers.get("x-guardian") ?? "",
  riders: new RiderService(pool),
  pool,
});

export const t = initTRPC.context<Context>().create();

export const RiderInput = z.object({ name: z.string(), height: z.string() });

const loadsConsent = t.middleware(async ({ ctx, next }) =>
  next({ ctx: { hasConsent: await ctx.riders.hasConsent(ctx.guardianId) } }),
);

export const publicProcedure = t.procedure.input(RiderInput);
export const familyProcedure = publicProcedure.use(loadsConsent);
export const guardedProcedure = familyProcedure.use(({ ctx, next }) => {
  if (!ctx.hasConsent) throw new TRPCError({ code: "FORBIDDEN" });
  return next({ ctx });
});
