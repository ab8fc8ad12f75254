// request: POST enrol {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST enrolQuick {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST enrolLate {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST enrolSoon {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST enrolLenient {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST wishes.add {"name":"TOKEN1","guardianId":"g1"}
// request: POST wishes.share {"name":"TOKEN1","guardianId":"g1"}
// request: POST gifts.order {"name":"TOKEN1","guardianId":"g1"}
import { initTRPC, TRPCError } from "@trpc/server";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const t = initTRPC.create();

const CustomerInput = z.object({
  /** @childData identity */
  name: z.string(),
  /** @childData contact */
  phone: z.string().optional(),
  guardianId: z.string(),
});

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new TRPCError({ code: "FORBIDDEN" });
}

const guardianOf = async (getRawInput: () => Promise<unknown>): Promise<string> =>
  ((await getRawInput()) as { guardianId: string }).guardianId;

const consented = t.procedure.use(async ({ getRawInput, next }) => {
  await assertConsent(await guardianOf(getRawInput));
  return next();
});

/** Runs the procedure first. */
const consentedLate = t.procedure.use(async ({ getRawInput, next }) => {
  const result = await next();
  await assertConsent(await guardianOf(getRawInput));
  return result;
});

const consentedSoon = t.procedure.use(async ({ getRawInput, next }) => {
  guardianOf(getRawInput).then(assertConsent);
  return next();
});

const consentedMaybe = t.procedure.use(async ({ getRawInput, next }) => {
  try {
    await assertConsent(await guardianOf(getRawInput));
  } catch (error) {
    console.warn("no consent", error instanceof TRPCError);
  }
  return next();
});

const wishes = t.router({
  add: consented.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO wishes (name) VALUES ($1)", [input.name]);
  }),
  share: t.procedure.input(CustomerInput).mutation(async ({ input }) => {
    await fetch("https://wishlists.example/lists", { method: "POST", body: JSON.stringify({ owner: input.name }) }); // expect: require-guardian-consent CustomerInput.name
  }),
});

const gifts = t.router({
  order: consented
    .input(CustomerInput)
    .output(z.object({ ordered: z.boolean() }))
    .mutation(async ({ input }) => {
      await fetch("https://gifts.example/orders", { method: "POST", body: JSON.stringify({ to: input.name }) });
      return { ordered: true };
    }),
});

const people = t.router({
  enrol: consented.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO customers (name, phone) VALUES ($1, $2)", [input.name, input.phone]);
  }),
  enrolQuick: t.procedure.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO customers (name, phone) VALUES ($1, $2)", [input.name, input.phone]); // expect: require-guardian-consent CustomerInput.name, CustomerInput.phone
  }),
  enrolLate: consentedLate.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO customers (name, phone) VALUES ($1, $2)", [input.name, input.phone]); // expect: require-guardian-consent CustomerInput.name, CustomerInput.phone
  }),
  enrolSoon: consentedSoon.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO customers (name, phone) VALUES ($1, $2)", [input.name, input.phone]); // expect: require-guardian-consent CustomerInput.name, CustomerInput.phone
  }),
  enrolLenient: consentedMaybe.input(CustomerInput).mutation(async ({ input }) => {
    await pool.query("INSERT INTO customers (name, phone) VALUES ($1, $2)", [input.name, input.phone]); // expect: require-guardian-consent CustomerInput.name, CustomerInput.phone
  }),
});

export const appRouter = t.mergeRouters(people, t.router({ wishes, gifts }));
export type AppRouter = typeof appRouter;
