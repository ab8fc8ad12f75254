// request: POST duel.start {"player":"TOKEN1","age":9,"guardianId":"g1"}
// request: POST duel.rematch {"player":"TOKEN1","age":9,"guardianId":"g1"}
// request: POST duel.watch {"player":"TOKEN1","age":9,"guardianId":"g1"}
// request: POST ranking.add {"player":"TOKEN1","age":9,"guardianId":"g1"}
// request: POST ranking.publish {"player":"TOKEN1","age":9,"guardianId":"g1"}
// request: POST ranking.teen {"player":"TOKEN1","age":9,"guardianId":"g1"}
import { initTRPC, TRPCError } from "@trpc/server";
import { appendFile } from "node:fs/promises";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const t = initTRPC.create();

type Player = {
  /** @childData account */
  player: string;
  age: number;
};
const Input = z.object({ player: z.string(), age: z.number().int().nonnegative(), guardianId: z.string() });
type Input = z.infer<typeof Input>;

const settings = { adultAge: 18, childAge: 14, teenAge: 12 } as const;

/** @guardianConsent */
const granted = async (guardianId: string): Promise<boolean> =>
  (await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId])).rows.at(0)?.granted === true;

const forbid = (): never => {
  throw new TRPCError({ code: "FORBIDDEN" });
};

/** Who is no child any more needs nobody. */
const childrenAsk = t.procedure.input(Input).use(async ({ input, next }) => {
  if (input.age < settings.childAge && !(await granted(input.guardianId))) forbid();
  return next();
});

/** Asks for everybody who is under age, which is more than has to be. */
const minorsAsk = t.procedure.input(Input).use(async ({ input, next }) => {
  if (input.age >= settings.adultAge || (await granted(input.guardianId))) return next();
  return forbid();
});

const youngestAsk = t.procedure.input(Input).use(async ({ input, next }) => {
  const isYoungest = input.age < settings.teenAge; // expect: valid-age-threshold
  if (isYoungest && !(await granted(input.guardianId))) forbid();
  return next();
});

/** Built again for every procedure that wants it. */
const asks = (where: "before" | "never") =>
  t.procedure.input(Input).use(async ({ input, next }) => {
    if (where === "before" && !(await granted(input.guardianId))) forbid();
    return next();
  });

const toPlayer = ({ player, age }: Input): Player => ({ player, age });

export const appRouter = t.router({
  duel: {
    start: childrenAsk.mutation(async ({ input }) => {
      await pool.query("INSERT INTO duels (player) VALUES ($1)", [toPlayer(input).player]);
    }),
    rematch: asks("before").mutation(async ({ input }) => {
      await pool.query("INSERT INTO rematches (player) VALUES ($1)", [toPlayer(input).player]);
    }),
    watch: asks("never").mutation(async ({ input }) => {
      await appendFile("/data/watchers.txt", toPlayer(input).player); // expect: require-guardian-consent Player.player
    }),
  },
  ranking: t.router({
    add: minorsAsk.mutation(async ({ input }) => {
      const { player } = toPlayer(input);
      await pool.query("INSERT INTO ranking (player) VALUES ($1)", [player]);
    }),
    publish: t.procedure.input(Input).mutation(async ({ input }) => {
      const body = JSON.stringify(toPlayer(input));
      await fetch("https://ranking.example/players", { method: "POST", body }); // expect: require-guardian-consent Player.player
    }),
    teen: youngestAsk.mutation(async ({ input }) => {
      await pool.query("INSERT INTO teens (player) VALUES ($1)", [toPlayer(input).player]);
    }),
  }),
});
