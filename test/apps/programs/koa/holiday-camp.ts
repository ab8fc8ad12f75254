// request: POST /campers {"name":"TOKEN1","allergy":"TOKEN2","guardianId":"g1"}
// request: POST /campers/first {"name":"TOKEN1","allergy":"TOKEN2","guardianId":"g1"}
// request: POST /campers/7/notes {"name":"TOKEN1","allergy":"TOKEN2","guardianId":"g1"}
// request: PUT /campers/7 {"name":"TOKEN1","allergy":"TOKEN2","guardianId":"g1"}
// request: POST /v1/tents {"name":"TOKEN1","guardianId":"g1"}
// request: POST /v2/tents {"name":"TOKEN1","guardianId":"g1"}
// request: POST /buses/early {"name":"TOKEN1","guardianId":"g1"}
// request: POST /buses/late {"name":"TOKEN1","guardianId":"g1"}
import Router from "@koa/router";
import { bodyParser } from "@koa/bodyparser";
import Koa, { type Context, type Next } from "koa";
import { Pool } from "pg";

const pool = new Pool();

/** @childData health */
interface Camper {
  name: string;
  allergy: string;
}

/** @guardianConsent */
async function requireConsent(ctx: Context, next: Next): Promise<void> {
  const { guardianId } = ctx.request.body as { guardianId: string };
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) ctx.throw(403, "a guardian has to agree");
  await next();
}

/** Looks whether it was allowed once everything is done. */
async function consentAfterwards(ctx: Context, next: Next): Promise<void> {
  await next();
  await requireConsent(ctx, async () => {});
}

/** Catches what it should have let through. */
async function forgiving(ctx: Context, next: Next): Promise<void> {
  try {
    await requireConsent(ctx, async () => {});
  } catch (error) {
    ctx.app.emit("error", error, ctx);
  }
  return next();
}

const campers = new Router({ prefix: "/campers" });
campers.post("/", requireConsent, async (ctx) => {
  const camper = ctx.request.body as Camper;
  await pool.query("INSERT INTO campers (name, allergy) VALUES ($1, $2)", [camper.name, camper.allergy]);
  ctx.status = 201;
});
campers.post("/first", consentAfterwards, async (ctx) => {
  const camper = ctx.request.body as Camper;
  await pool.query("INSERT INTO campers (name, allergy) VALUES ($1, $2)", [camper.name, camper.allergy]); // expect: require-guardian-consent Camper.name, Camper.allergy
  ctx.status = 201;
});
campers.post("/:id/notes", forgiving, async (ctx) => {
  const { name, allergy } = ctx.request.body as Camper;
  await pool.query("INSERT INTO notes (name, allergy) VALUES ($1, $2)", [name, allergy]); // expect: require-guardian-consent Camper.name, Camper.allergy
  ctx.status = 204;
});
campers.use(requireConsent);
campers.put("/:id", async (ctx) => {
  const { name, allergy } = ctx.request.body as Camper;
  await pool.query("UPDATE campers SET name = $1, allergy = $2 WHERE id = $3", [name, allergy, ctx.params.id]);
  ctx.status = 204;
});

/** The same routes below two prefixes. */
function tents(): Router {
  const router = new Router();
  router.post("/tents", async (ctx) => {
    const { name } = ctx.request.body as Camper;
    await pool.query("INSERT INTO tents (name) VALUES ($1)", [name]); // expect: require-guardian-consent Camper.name
    ctx.status = 201;
  });
  return router;
}
const versions = new Router();
versions.use("/v1", requireConsent, tents().routes());
versions.use("/v2", tents().routes());

const buses = new Router({ prefix: "/buses" });
buses.post("/early", async (ctx) => {
  const { name } = ctx.request.body as Camper;
  await pool.query("INSERT INTO bus_seats (name) VALUES ($1)", [name]); // expect: require-guardian-consent Camper.name
  ctx.status = 201;
});

const lateBuses = new Router({ prefix: "/buses" });
lateBuses.post("/late", async (ctx) => {
  const { name } = ctx.request.body as Camper;
  await pool.query("INSERT INTO bus_seats (name) VALUES ($1)", [name]);
  ctx.status = 201;
});

export const app = new Koa({ asyncLocalStorage: false });
app.silent = true;
app.use(bodyParser());
app.use(campers.routes()).use(campers.allowedMethods());
app.use(versions.routes());
app.use(buses.routes());
app.use(requireConsent);
app.use(lateBuses.routes());
