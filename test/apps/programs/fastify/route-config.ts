// request: POST /paintings {"title":"TOKEN1","guardianId":"g1"}
// request: POST /sketches {"title":"TOKEN1","guardianId":"g1"}
// request: POST /posters {"title":"TOKEN1","guardianId":"g1"}
// request: POST /exhibitions {"title":"TOKEN1","guardianId":"g1"}
// request: POST /auctions {"title":"TOKEN1","guardianId":"g1"}
// request: POST /murals [x-guardian: g1] {"title":"TOKEN1"}
// request: PUT /murals [x-guardian: g1] {"title":"TOKEN1"}
import Fastify, { type FastifyRequest, type RouteShorthandOptions } from "fastify";
import { Pool } from "pg";

declare module "fastify" {
  interface FastifyContextConfig {
    needsConsent?: boolean;
  }
}

const pool = new Pool();

interface Artwork {
  /** @childData content */
  title: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new Error("no consent");
}
const bodyOf = (request: FastifyRequest) => request.body as Artwork & { guardianId: string };

export const app = Fastify();

// Routes say in their config that they need it; the hook reads that.
app.addHook("preHandler", async (request) => {
  if (request.routeOptions.config.needsConsent) await assertConsent(bodyOf(request).guardianId);
});
const needsConsent: RouteShorthandOptions = { config: { needsConsent: true } };

app.post("/paintings", needsConsent, async (request) => {
  const { title }: Artwork = bodyOf(request);
  await pool.query("INSERT INTO paintings (title) VALUES ($1)", [title]);
  return {};
});
app.post("/sketches", async (request) => {
  const { title }: Artwork = bodyOf(request);
  await pool.query("INSERT INTO sketches (title) VALUES ($1)", [title]); // expect: require-guardian-consent Artwork.title
  return {};
});
app.post("/posters", { config: { needsConsent: false } }, async (request) => {
  const { title }: Artwork = bodyOf(request);
  await fetch("https://posters.example/orders", { method: "POST", body: title }); // expect: require-guardian-consent Artwork.title
  return {};
});

// Every route of this plugin gets a handler of its own put before the others.
app.register(async (shows) => {
  shows.addHook("onRoute", (options) => {
    options.preHandler = [async (request: FastifyRequest) => assertConsent(bodyOf(request).guardianId)];
  });
  shows.post("/exhibitions", async (request) => {
    const { title }: Artwork = bodyOf(request);
    await pool.query("INSERT INTO exhibitions (title) VALUES ($1)", [title]);
    return {};
  });
});
// A hook on routes only sees those that come after it.
app.register(async (sales) => {
  sales.post("/auctions", async (request) => {
    const { title }: Artwork = bodyOf(request);
    await pool.query("INSERT INTO auctions (title) VALUES ($1)", [title]); // expect: require-guardian-consent Artwork.title
    return {};
  });
  sales.addHook("onRoute", (options) => {
    options.preHandler = [async (request: FastifyRequest) => assertConsent(bodyOf(request).guardianId)];
  });
});

const fromHeader = {
  onRequest: (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void) => {
    assertConsent(request.headers["x-guardian"]).then(() => done(), done);
  },
};
app.post("/murals", fromHeader, async (request) => {
  const { title }: Artwork = bodyOf(request);
  await pool.query("INSERT INTO murals (title) VALUES ($1)", [title]);
  return {};
});
app.put(
  "/murals",
  {
    // The answer is thrown away before it is there.
    onRequest: (request, _reply, done) => {
      void assertConsent(request.headers["x-guardian"]).then(undefined, () => undefined);
      done();
    },
  },
  async (request) => {
    const { title }: Artwork = bodyOf(request);
    await pool.query("UPDATE murals SET title = $1", [title]); // expect: require-guardian-consent Artwork.title
    return {};
  },
);
