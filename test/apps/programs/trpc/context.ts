// request: POST album.add [x-guardian: g1] {"title":"TOKEN1"}
// request: POST album.copy [x-guardian: g1] {"title":"TOKEN1"}
// request: POST album.rename [x-guardian: g1] {"title":"TOKEN1"}
// request: POST album.print [x-guardian: g1] {"title":"TOKEN1"}
// request: POST friends.invite [x-guardian: g1] {"title":"TOKEN1"}
// request: POST friends.greet [x-guardian: g1] {"title":"TOKEN1"}
import { initTRPC, TRPCError } from "@trpc/server";
import { Queue } from "bullmq";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const greetings = new Queue<Album>("greetings");

interface Album {
  /** @childData content */
  title: string;
}
const AlbumInput = z.object({ title: z.string().min(1) });

/** @guardianConsent */
async function hasAgreed(guardianId: string | null): Promise<boolean> {
  const found = await pool.query("SELECT accepted FROM consents WHERE guardian_id = $1", [guardianId]);
  return found.rows[0]?.accepted === true;
}

export async function createContext({ req }: { req: Request }) {
  const guardianId = req.headers.get("x-guardian");
  return { guardianId, agreed: await hasAgreed(guardianId), agreedSoon: hasAgreed(guardianId) };
}
type Context = Awaited<ReturnType<typeof createContext>>;

const t = initTRPC.context<Context>().create();

const requireAgreed = t.middleware(({ ctx, next }) => {
  if (!ctx.agreed) throw new TRPCError({ code: "FORBIDDEN", message: "a guardian has to agree" });
  return next({ ctx: { guardianId: ctx.guardianId } });
});
/** Asks whether there is a promise. */
const requireAgreedSoon = t.middleware(({ ctx, next }) => {
  if (!ctx.agreedSoon) throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});
const timed = t.middleware(async ({ path, next }) => {
  const start = performance.now();
  const result = await next();
  console.debug(path, performance.now() - start, result.ok);
  return result;
});

const base = t.procedure.use(timed).input(AlbumInput);
const guarded = base.use(requireAgreed);

const album = t.router({
  add: guarded.mutation(async ({ input }) => {
    const { title }: Album = input;
    await pool.query("INSERT INTO albums (title) VALUES ($1)", [title]);
  }),
  copy: base.mutation(async ({ input }) => {
    const { title }: Album = input;
    await pool.query("INSERT INTO albums (title) VALUES ($1)", [title]); // expect: require-guardian-consent Album.title
  }),
  rename: base.mutation(async ({ input, ctx }) => {
    const { title }: Album = input;
    if (!ctx.agreed) return { renamed: false };
    await pool.query("UPDATE albums SET title = $1", [title]);
    return { renamed: true };
  }),
  print: base.use(requireAgreedSoon).mutation(async ({ input }) => {
    const wanted: Album = { title: input.title };
    await fetch("https://albums.example/prints", { method: "POST", body: JSON.stringify(wanted) }); // expect: require-guardian-consent Album.title
  }),
});

const friends = t.router({
  invite: t.procedure
    .use(requireAgreed)
    .input(AlbumInput)
    .mutation(async ({ input }) => {
      const invitation: Album = { title: input.title };
      await greetings.add("invite", invitation);
    }),
  greet: base.mutation(async ({ input, ctx: { guardianId } }) => {
    const greeting: Album = { title: input.title };
    const [agreed] = await Promise.all([hasAgreed(guardianId), greetings.add("greet", greeting)]); // expect: require-guardian-consent Album.title
    if (!agreed) throw new TRPCError({ code: "FORBIDDEN" });
  }),
});

export const appRouter = t.router({ album, friends });
