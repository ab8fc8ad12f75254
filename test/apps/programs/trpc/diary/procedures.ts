import { initTRPC, TRPCError } from "@trpc/server";
import { Pool } from "pg";
import { z } from "zod";

export const pool = new Pool();
const t = initTRPC.create({ isDev: false });
export const { router, procedure } = t;

/** @childData content */
export interface Note {
  text: string;
}

export const noteInput = z.object({ text: z.string(), guardianId: z.string() });

/** @guardianConsent */
async function requireGuardian(guardianId: string) {
  const { rows } = await pool.query("SELECT granted FROM consent_records WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new TRPCError({ code: "PRECONDITION_FAILED" });
}

/** What is behind it sees the input that was parsed before it. */
export const notes = t.procedure.input(noteInput).use(async (options) => {
  await requireGuardian(options.input.guardianId);
  return options.next();
});

/** The check is of a middleware that another one is piped into. */
const parsed = t.middleware(async ({ next, getRawInput }) => next({ ctx: { note: noteInput.parse(await getRawInput()) } }));
export const piped = t.procedure.use(
  parsed.unstable_pipe(async ({ ctx, next }) => {
    await requireGuardian(ctx.note.guardianId);
    return next();
  }),
);
