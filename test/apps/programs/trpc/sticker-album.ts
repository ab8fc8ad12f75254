// request: POST trade.offer {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
// request: POST trade.accept {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
// request: POST trade.rush {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
// request: POST album.name {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
// request: POST album.print {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
// request: POST album.gift {"owner":"TOKEN1","sticker":"TOKEN2","guardianId":"g1"}
import { initTRPC, TRPCError } from "@trpc/server";
import Redis from "ioredis";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const redis = new Redis();

const Trade = z.object({
  /** @childData identity */
  owner: z.string().min(1),
  /** @childData behaviour */
  sticker: z.string(),
  guardianId: z.string(),
});

/** @guardianConsent */
async function isConsentGiven(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT given FROM guardian_consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.given === true;
}

const t = initTRPC.create();
const base = t.procedure.input(Trade);

/** For what needs a guardian. */
const consented = base.use(async (opts) => {
  const given = await isConsentGiven(opts.input.guardianId);
  if (!given) throw new TRPCError({ code: "FORBIDDEN", message: "ask your guardian" });
  return opts.next();
});

/** Takes the time that it took; its errors are lost. */
const measured = base.use(async ({ input, next }) => {
  const start = performance.now();
  await isConsentGiven(input.guardianId).catch(() => false);
  const result = await next();
  console.debug(performance.now() - start);
  return result;
});

/** Asks once the work has been done. */
const afterwards = base.use(async ({ input, next }) => {
  const result = await next();
  if (!(await isConsentGiven(input.guardianId))) throw new TRPCError({ code: "FORBIDDEN" });
  return result;
});

const trade = t.router({
  offer: consented.mutation(async ({ input: { owner, sticker } }) => {
    await pool.query("INSERT INTO offers (owner, sticker) VALUES ($1, $2)", [owner, sticker]);
  }),
  accept: measured.mutation(async ({ input }) => {
    await pool.query("INSERT INTO trades (owner, sticker) VALUES ($1, $2)", [input.owner, input.sticker]); // expect: require-guardian-consent Trade.owner, Trade.sticker
    return { ok: true };
  }),
  rush: afterwards.mutation(async ({ input }) => {
    await redis.lpush("rush", input.sticker); // expect: require-guardian-consent Trade.sticker
  }),
});

const album = t.router({
  name: base
    .use(({ next, input }) => {
      if (input.owner.length > 40) throw new TRPCError({ code: "BAD_REQUEST" });
      return next();
    })
    .mutation(async ({ input }) => {
      await pool.query("UPDATE albums SET owner = $1", [input.owner]); // expect: require-guardian-consent Trade.owner
    }),
  print: consented.mutation(({ input }) =>
    fetch("https://prints.example/albums", { method: "POST", body: JSON.stringify({ for: input.owner }) }).then((r) => r.ok),
  ),
  gift: base.mutation(async ({ input }) => {
    const [given] = await Promise.all([isConsentGiven(input.guardianId), redis.get(`albums:${input.guardianId}`)]);
    if (given) await redis.set("gift", input.owner);
    return given;
  }),
});

export const appRouter = t.router({ trade, album });
