// request: POST shelf.add {"title":"TOKEN1","guardianId":"g1"}
// request: GET shelf.look?input=%7B%22title%22%3A%22TOKEN1%22%2C%22guardianId%22%3A%22g1%22%7D
// request: POST shelf.lend {"title":"TOKEN1","guardianId":"g1"}
// request: POST shelf.keep {"title":"TOKEN1","guardianId":"g1"}
// request: POST shelf.drop {"title":"TOKEN1","guardianId":"g1"}
import { initTRPC, TRPCError } from "@trpc/server";
import Redis from "ioredis";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const redis = new Redis();

interface Borrowed {
  /** @childData education */
  title: string;
}
const Input = z.object({ title: z.string(), guardianId: z.string() });

/** @guardianConsent */
async function isAgreed(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM guardian_consents WHERE guardian = $1", [guardianId]);
  return rows[0]?.granted === true;
}

interface Meta {
  consent?: "needed" | "not needed";
}
const t = initTRPC.meta<Meta>().create();

/** What changes something needs consent. */
const changing = t.procedure.input(Input).use(async (opts) => {
  if (opts.type === "mutation" && !(await isAgreed(opts.input.guardianId)))
    throw new TRPCError({ code: "FORBIDDEN" });
  return opts.next();
});
/** Only where it is said. */
const said = t.procedure.input(Input).use(async ({ meta, input: { guardianId }, next }) => {
  if (meta?.consent === "needed" && !(await isAgreed(guardianId))) throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});

const shelf = t.router({
  add: changing.mutation(async ({ input: { title } }) => {
    const borrowed: Borrowed = { title };
    await pool.query("INSERT INTO shelf (title) VALUES ($1)", [borrowed.title]);
  }),
  look: changing.query(async ({ input: { title } }) => {
    const borrowed: Borrowed = { title };
    await redis.set("looked-for", borrowed.title); // expect: require-guardian-consent Borrowed.title
    return [];
  }),
  lend: said.meta({ consent: "needed" }).mutation(async ({ input: { title } }) => {
    const borrowed: Borrowed = { title };
    await redis.set("lent", borrowed.title);
  }),
  keep: said.mutation(async ({ input: { title } }) => {
    const borrowed: Borrowed = { title };
    await redis.set("kept", borrowed.title); // expect: require-guardian-consent Borrowed.title
  }),
  drop: said.meta({ consent: "not needed" }).mutation(async ({ input: { title } }) => {
    const borrowed: Borrowed = { title };
    await redis.set("dropped", borrowed.title); // expect: require-guardian-consent Borrowed.title
  }),
});

export const appRouter = t.router({ shelf });
