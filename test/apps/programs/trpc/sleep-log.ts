// request: POST nights.add [x-guardian: g1] {"hours":"TOKEN1","dream":"TOKEN2"}
// request: POST nights.import [x-guardian: g1] [{"hours":"TOKEN1","dream":"TOKEN2"}]
// request: POST nights.dream [x-guardian: g1] {"hours":"TOKEN1","dream":"TOKEN2"}
// request: POST doctor.tell [x-guardian: g1] {"hours":"TOKEN1","dream":"TOKEN2"}
// request: POST doctor.ask [x-guardian: g1] {"hours":"TOKEN1","dream":"TOKEN2"}
// request: POST doctor.ask {"hours":"TOKEN1","dream":"TOKEN2"}
// request: POST doctor.phone [x-guardian: g1] {"hours":"TOKEN1","dream":"TOKEN2"}
import { initTRPC, TRPCError } from "@trpc/server";
import { Queue } from "bullmq";
import { Pool, type PoolClient } from "pg";
import * as z from "zod";

const pool = new Pool();
const doctors = new Queue("doctors");

/** @childData health */
interface Night {
  hours: string;
  dream: string;
}
const Night = z.object({ hours: z.string(), dream: z.string() }) satisfies z.ZodType<Night>;

class Consent {
  /** @guardianConsent */
  static async check(db: Pool | PoolClient, guardianId: string): Promise<boolean> {
    const { rows } = await db.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }
}

export const createContext = async ({ req }: { req: Request }) => {
  const guardianId = req.headers.get("x-guardian") ?? "";
  return { guardianId, consent: () => Consent.check(pool, guardianId) };
};
type Context = Awaited<ReturnType<typeof createContext>>;
const t = initTRPC.context<Context>().create({ isServer: true, allowOutsideOfServer: true });

async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  await client.query("BEGIN");
  try {
    return await work(client);
  } finally {
    await client.query("COMMIT");
    client.release();
  }
}

export const appRouter = t.router({
  nights: t.router({
    add: t.procedure.input(Night).mutation(async ({ ctx, input }) => {
      const night: Night = input;
      if (await ctx.consent()) await pool.query("INSERT INTO nights (hours, dream) VALUES ($1, $2)", [night.hours, night.dream]);
    }),
    import: t.procedure.input(z.array(Night)).mutation(({ ctx, input }) =>
      inTransaction(async (client) => {
        if (!(await Consent.check(client, ctx.guardianId))) throw new TRPCError({ code: "FORBIDDEN" });
        const nights: Night[] = input;
        for (const { hours } of nights) await client.query("INSERT INTO nights (hours) VALUES ($1)", [hours]);
      }),
    ),
    dream: t.procedure.input(Night).mutation(async ({ ctx, input }) => {
      const night: Night = input;
      if (ctx.consent) await pool.query("INSERT INTO dreams (dream) VALUES ($1)", [night.dream]); // expect: require-guardian-consent Night.dream
    }),
  }),
  doctor: t.router({
    tell: t.procedure.input(Night).mutation(async ({ ctx, input }) => {
      const night: Night = input;
      const agreed = await ctx.consent().catch(() => false);
      if (agreed) await doctors.add("night", { hours: night.hours });
    }),
    ask: t.procedure.input(Night).mutation(async ({ ctx, input }) => {
      const { dream }: Night = input;
      const agreed = ctx.guardianId === "" || (await ctx.consent());
      if (!agreed) throw new TRPCError({ code: "FORBIDDEN" });
      await fetch("https://dreams.example/ask", { method: "POST", body: dream }); // expect: require-guardian-consent Night.dream
    }),
    phone: t.procedure.input(Night).mutation(async ({ ctx, input }) => {
      const { hours }: Night = input;
      await inTransaction(async () => {
        if (!(await ctx.consent())) return;
        console.info("agreed");
      });
      await fetch("https://clinic.example/calls", { method: "POST", body: hours }); // expect: require-guardian-consent Night.hours
    }),
  }),
});
