// request: POST /api/groups [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: POST /api/groups/5/members [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: PUT /api/groups/5/members [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: POST /api/rentals [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: POST /api/lifts [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: POST /api/lifts/photo [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
// request: POST /races [x-guardian: g1] {"name":"TOKEN1","level":"TOKEN2"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa from "koa";
import compose from "koa-compose";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const photos = new Queue("photos");

class Skier {
  constructor(
    /** @childData identity */
    readonly name: string,
    /** @childData education */
    readonly level: string,
  ) {}

  static from(body: unknown): Skier {
    const { name, level } = body as Record<string, string>;
    return new Skier(name!, level!);
  }
}

class Consents {
  readonly #pool: Pool;
  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @guardianConsent */
  async isGranted(guardian: string): Promise<boolean> {
    const { rows } = await this.#pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
    return rows[0]?.granted ?? false;
  }

  get middleware(): Koa.Middleware {
    return async (ctx, next) => {
      if (await this.isGranted(ctx.get("x-guardian"))) return next();
      ctx.status = 403;
    };
  }
}

const consents = new Consents(pool);
const timed: Koa.Middleware = async (ctx, next) => {
  const start = Date.now();
  await next();
  ctx.set("x-time", String(Date.now() - start));
};
const standard = compose([timed, consents.middleware]);
const light = compose([timed]);

const members = new Router({ prefix: "/groups/:group/members" });
members.post("/", async (ctx) => {
  const { name } = Skier.from(ctx.request.body);
  await pool.query("INSERT INTO members (group_id, name) VALUES ($1, $2)", [ctx.params.group, name]);
  ctx.status = 201;
});
members.put("/", async (ctx) => {
  const skier = Skier.from(ctx.request.body);
  await pool.query("UPDATE members SET name = $1, level = $2", [skier.name, skier.level]);
  ctx.status = 204;
});

const lifts = new Router({ prefix: "/lifts" });
lifts.post("/", light, async (ctx) => {
  const skier = Skier.from(ctx.request.body);
  await pool.query("INSERT INTO lift_cards (name) VALUES ($1)", [skier.name]); // expect: require-guardian-consent Skier.name
  ctx.status = 201;
});
lifts.use(standard);
lifts.post("/photo", async (ctx) => {
  await photos.add("lift", { of: Skier.from(ctx.request.body).name });
  ctx.status = 202;
});

const api = new Router({ prefix: "/api" });
api.post("/rentals", async (ctx) => {
  const { name, level } = Skier.from(ctx.request.body);
  await fetch("https://rentals.example/skis", { method: "POST", body: JSON.stringify({ name, level }) }); // expect: require-guardian-consent Skier.name, Skier.level
  ctx.status = 202;
});
api.use(lifts.routes());
api.use(standard);
api.post("/groups", async (ctx) => {
  const { level } = Skier.from(ctx.request.body);
  await pool.query("INSERT INTO groups (level) VALUES ($1)", [level]);
  ctx.status = 201;
});
api.use(members.routes());

const races = new Router();
races.post("/races", async (ctx) => {
  await pool.query("INSERT INTO races (name) VALUES ($1)", [Skier.from(ctx.request.body).name]); // expect: require-guardian-consent Skier.name
  ctx.status = 201;
});

export const app = new Koa();
app.use(bodyParser());
app.use(api.routes());
app.use(races.routes());
app.use(standard);
