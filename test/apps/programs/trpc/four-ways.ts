// request: POST notes.keep [x-guardian: g1] {"text":"TOKEN1"}
// request: POST notes.early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST notes.soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST notes.anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST notes.draft [x-guardian: g1] {"text":"TOKEN1"}
import { initTRPC, TRPCError } from "@trpc/server";
import { Pool } from "pg";
import * as z from "zod";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}
const Note = z.object({ text: z.string() }) satisfies z.ZodType<Note>;

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new TRPCError({ code: "FORBIDDEN" });
}

export const createContext = async ({ req }: { req: Request }) => ({ guardianId: req.headers.get("x-guardian") ?? "" });
type Context = Awaited<ReturnType<typeof createContext>>;
const t = initTRPC.context<Context>().create({ isServer: true, allowOutsideOfServer: true });

const consented = t.procedure.use(async ({ ctx, next }) => {
  await assertConsent(ctx.guardianId);
  return next();
});
const consentedAfterwards = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  await assertConsent(ctx.guardianId);
  return result;
});
const consentedSoon = t.procedure.use(({ ctx, next }) => {
  assertConsent(ctx.guardianId).catch(() => undefined);
  return next();
});
const consentedAnyway = t.procedure.use(async ({ ctx, next }) => {
  try {
    await assertConsent(ctx.guardianId);
  } catch {
    console.warn("no consent");
  }
  return next();
});

export const appRouter = t.router({
  notes: t.router({
    keep: consented.input(Note).mutation(async ({ input }) => {
      const note: Note = input;
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]);
    }),
    early: consentedAfterwards.input(Note).mutation(async ({ input }) => {
      const note: Note = input;
      // reason: it runs after this
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
    }),
    soon: consentedSoon.input(Note).mutation(async ({ input }) => {
      const note: Note = input;
      // reason: its promise is not awaited
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
    }),
    anyway: consentedAnyway.input(Note).mutation(async ({ input }) => {
      const note: Note = input;
      // reason: the error is swallowed, or the answer lost, at four-ways.ts:44
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
    }),
    draft: t.procedure.input(Note).mutation(async ({ input }) => {
      const note: Note = input;
      // reason: it stands before consented only
      await pool.query("INSERT INTO drafts (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
    }),
  }),
});
