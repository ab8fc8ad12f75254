// request: POST pets.add {"name":"TOKEN1","guardianId":"g1"}
// request: POST pets.feed {"name":"TOKEN1","guardianId":"g1"}
// request: POST pets.walk {"name":"TOKEN1","guardianId":"g1"}
// request: POST vet.visit {"name":"TOKEN1","guardianId":"g1"}
// request: POST vet.ring {"name":"TOKEN1","guardianId":"g1"}
// request: GET vet.find?input=%7B%22name%22%3A%22TOKEN1%22%2C%22guardianId%22%3A%22g1%22%7D
import { initTRPC, TRPCError } from "@trpc/server";
import Redis from "ioredis";
import { Pool } from "pg";
import * as z from "zod";

const pool = new Pool();
const redis = new Redis();

interface Owner {
  /** @childData identity */
  name: string;
}
const Input = z.object({ name: z.string(), guardianId: z.string() });

interface Meta {
  needsConsent: boolean;
}
const t = initTRPC.meta<Meta>().create({ defaultMeta: { needsConsent: true } });

/** @guardianConsent */
async function check(guardianId: string): Promise<"granted" | "refused"> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted ? "granted" : "refused";
}

/** Asks for every procedure that does not say that it can do without. */
const publicProcedure = t.procedure.input(Input).use(async ({ meta, input, next }) => {
  if (meta?.needsConsent !== false && (await check(input.guardianId)) !== "granted")
    throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});

/** Compares with a word that is never said. */
const checkedProcedure = t.procedure.input(Input).use(async ({ input, next }) => {
  const answer: string = await check(input.guardianId);
  if (answer === "denied") throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});

/** Gives the answer to the procedure in its context. */
const informedProcedure = t.procedure.input(Input).use(async ({ input, next }) =>
  next({ ctx: { consent: await check(input.guardianId) } }),
);

const pets = t.router({
  add: publicProcedure.mutation(async ({ input }) => {
    const owner: Owner = { name: input.name };
    await pool.query("INSERT INTO owners (name) VALUES ($1)", [owner.name]);
  }),
  feed: publicProcedure.meta({ needsConsent: false }).mutation(async ({ input }) => {
    const owner: Owner = { name: input.name };
    await redis.set("fed-by", owner.name); // expect: require-guardian-consent Owner.name
  }),
  walk: checkedProcedure.mutation(async ({ input }) => {
    const owner: Owner = { name: input.name };
    await redis.set("walked-by", owner.name); // expect: require-guardian-consent Owner.name
  }),
});

const vet = t.router({
  visit: informedProcedure.mutation(async ({ input, ctx }) => {
    const owner: Owner = { name: input.name };
    if (ctx.consent === "refused") return null;
    await fetch("https://vets.example/visits", { method: "POST", body: JSON.stringify(owner) });
    return owner.name.length;
  }),
  ring: informedProcedure.mutation(async ({ input, ctx }) => {
    const owner: Owner = { name: input.name };
    console.info(ctx.consent);
    await fetch("https://vets.example/calls", { method: "POST", body: JSON.stringify(owner) }); // expect: require-guardian-consent Owner.name
  }),
  // A query may keep something, too.
  find: informedProcedure.query(async ({ input }) => {
    const owner: Owner = { name: input.name };
    await redis.set("last-search", owner.name); // expect: require-guardian-consent Owner.name
    return [];
  }),
});

export const appRouter = t.router({ pets, vet });
