// request: POST /scouts {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: PUT /scouts/4 {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /hikes {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /hikes/4/places {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /early {"name":"TOKEN1","guardianId":"g1"}
// request: POST /late {"name":"TOKEN1","guardianId":"g1"}
// request: POST /later {"name":"TOKEN1","guardianId":"g1"}
// request: PATCH /late {"name":"TOKEN1","guardianId":"g1"}
// request: POST /v1/badges {"name":"TOKEN1","guardianId":"g1"}
// request: POST /v2/badges {"name":"TOKEN1","guardianId":"g1"}
// request: POST /tents {"name":"TOKEN1","guardianId":"g1"}
// request: POST /fires {"name":"TOKEN1","guardianId":"g1"}
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { Pool } from "pg";

const pool = new Pool();

/** @childData contact */
interface Scout {
  name: string;
  phone: string;
}

/** @guardianConsent */
const requireConsent = createMiddleware(async (c, next) => {
  const { guardianId } = await c.req.json<{ guardianId: string }>();
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) return c.json({ error: "consent" }, 403);
  await next();
});

export const app = new Hono();

// A star takes in what is below and the path itself …
app.use("/scouts/*", requireConsent);
app.post("/scouts", async (c) => {
  const scout = await c.req.json<Scout>();
  await pool.query("INSERT INTO scouts (name, phone) VALUES ($1, $2)", [scout.name, scout.phone]);
  return c.body(null, 201);
});
app.put("/scouts/:id", async (c) => {
  const scout = await c.req.json<Scout>();
  await pool.query("UPDATE scouts SET name = $1, phone = $2", [scout.name, scout.phone]);
  return c.body(null, 204);
});

// … without it a path is that path alone.
app.use("/hikes", requireConsent);
app.post("/hikes", async (c) => {
  const scout = await c.req.json<Scout>();
  await pool.query("INSERT INTO hikers (name, phone) VALUES ($1, $2)", [scout.name, scout.phone]);
  return c.body(null, 201);
});
app.post("/hikes/:id/places", async (c) => {
  const scout = await c.req.json<Scout>();
  await pool.query("INSERT INTO hikers (name, phone) VALUES ($1, $2)", [scout.name, scout.phone]); // expect: require-guardian-consent Scout.name, Scout.phone
  return c.body(null, 201);
});

// The order of registration is the order of running.
app.post("/early", async (c) => {
  const { name } = await c.req.json<Scout>();
  await pool.query("INSERT INTO early (name) VALUES ($1)", [name]); // expect: require-guardian-consent Scout.name
  return c.text("ok");
});
app.use("/early", requireConsent);
// Of two addresses the guard is for one.
app.on(["POST", "PUT"], "/late", requireConsent);
app.on(["POST"], ["/late", "/later"], async (c) => {
  const { name } = await c.req.json<Scout>();
  await pool.query("INSERT INTO late (name) VALUES ($1)", [name]); // expect: require-guardian-consent Scout.name
  return c.text("ok");
});
app.patch("/late", async (c) => {
  const { name } = await c.req.json<Scout>();
  await pool.query("UPDATE late SET name = $1", [name]); // expect: require-guardian-consent Scout.name
  return c.text("ok");
});

const badges = new Hono().post("/badges", async (c) => {
  const { name } = await c.req.json<Scout>();
  await fetch("https://badges.example/orders", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Scout.name
  return c.text("ok");
});
app.use("/v1/*", requireConsent);
app.route("/v1", badges);
app.route("/v2", badges);

// `route` takes over what the other app has at that moment, each with the middleware before it.
const camp = new Hono();
camp.post("/fires", async (c) => {
  const { name } = await c.req.json<Scout>();
  await pool.query("INSERT INTO fires (name) VALUES ($1)", [name]); // expect: require-guardian-consent Scout.name
  return c.text("ok");
});
camp.use(requireConsent);
camp.post("/tents", async (c) => {
  const { name } = await c.req.json<Scout>();
  await pool.query("INSERT INTO tents (name) VALUES ($1)", [name]);
  return c.text("ok");
});
app.route("/", camp);
