// request: POST save [x-guardian: g1] {"words":"TOKEN1"}
// request: POST send [x-guardian: g1] {"words":"TOKEN1"}
// request: POST share [x-guardian: g1] {"words":"TOKEN1"}
import { initTRPC, TRPCError } from "@trpc/server";
import Redis from "ioredis";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const redis = new Redis();

interface Diary {
  /** @childData content */
  words: string;
}

/** @guardianConsent */
async function consentOf(guardian: string | null): Promise<{ granted: boolean; since: string | null }> {
  const { rows } = await pool.query("SELECT granted, since FROM consents WHERE guardian = $1", [guardian]);
  return { granted: rows[0]?.granted === true, since: rows[0]?.since ?? null };
}

interface Context {
  consent: { granted: boolean; since: string | null };
  wanted: boolean;
}

export async function createContext({ req }: { req: Request }): Promise<Context> {
  const consent = await consentOf(req.headers.get("x-guardian"));
  return { consent, wanted: req.headers.get("x-guardian") !== null };
}

const t = initTRPC.context<Context>().create();

const withConsent = t.procedure.input(z.object({ words: z.string() })).use(({ ctx, next }) => {
  const { granted } = ctx.consent;
  if (!granted) throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});
/** Whoever sends the header is let in. */
const wanted = t.procedure.input(z.object({ words: z.string() })).use(({ ctx, next }) => {
  if (!ctx.wanted) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next();
});

export const appRouter = t.router({
  save: withConsent.mutation(async ({ input }) => {
    const diary: Diary = { words: input.words };
    await pool.query("INSERT INTO diaries (words) VALUES ($1)", [diary.words]);
  }),
  send: wanted.mutation(async ({ input }) => {
    const diary: Diary = { words: input.words };
    await redis.set("diary", diary.words); // expect: require-guardian-consent Diary.words
  }),
  share: wanted.mutation(async ({ input, ctx }) => {
    const diary: Diary = { words: input.words };
    if (ctx.consent.granted === false) return;
    await redis.set("shared", diary.words);
  }),
});
