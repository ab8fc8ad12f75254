// request: POST /api/v1/stops [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: POST /api/v1/stops/temporary [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: POST /api/v1/absences [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: POST /api/v2/stops [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: POST /api/driver/checkin [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: POST /api/driver/position [x-guardian: g1] {"pupil":"TOKEN1","stop":"TOKEN2"}
// request: GET /api/driver/tracks/TOKEN1 [x-guardian: g1]
import { Hono, type Handler, type MiddlewareHandler } from "hono";
import { Pool } from "pg";

const pool = new Pool();

/** @childData location */
interface Ride {
  pupil: string;
  stop: string;
}

class ConsentError extends Error {}

/** @guardianConsent */
async function demand(guardianId: string | undefined): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new ConsentError("not granted");
}

const requireConsent = (header = "x-guardian"): MiddlewareHandler => async (c, next) => {
  await demand(c.req.header(header));
  return next();
};

/** The driver must not wait; what fails is written down. */
const noteConsent: MiddlewareHandler = async (c, next) => {
  demand(c.req.header("x-guardian")).catch((error: unknown) => console.warn(error instanceof ConsentError));
  await next();
};

const store =
  (table: "stops" | "stops_v2"): Handler =>
  async (c) => {
    const ride = await c.req.json<Ride>();
    await pool.query(`INSERT INTO ${table} (pupil, stop) VALUES ($1, $2)`, [ride.pupil, ride.stop]);
    return c.body(null, 201);
  };

const v1 = new Hono();
v1.post("/absences", async (c) => {
  const { pupil } = await c.req.json<Ride>();
  await pool.query("INSERT INTO absences (pupil) VALUES ($1)", [pupil]); // expect: require-guardian-consent Ride.pupil
  return c.body(null, 201);
});
v1.use("/stops", requireConsent());
v1.post("/stops", store("stops"));
v1.post("/stops/temporary", async (c) => {
  const ride: Ride = await c.req.json();
  await pool.query("INSERT INTO temporary_stops (stop) VALUES ($1)", [ride.stop]); // expect: require-guardian-consent Ride.stop
  return c.body(null, 201);
});

const v2 = new Hono();
v2.use("*", requireConsent("x-guardian"));
v2.post("/stops", store("stops_v2"));

const driver = new Hono().basePath("/driver");
driver.use("/checkin", requireConsent());
driver.post("/checkin", async (c) => {
  const { pupil } = await c.req.json<Ride>();
  await pool.query("INSERT INTO checkins (pupil) VALUES ($1)", [pupil]);
  return c.body(null, 201);
});
driver.post("/position", noteConsent, async (c) => {
  const ride = await c.req.json<Ride>();
  await fetch("https://maps.example/positions", { method: "POST", body: JSON.stringify(ride) }); // expect: require-guardian-consent Ride.pupil, Ride.stop
  return c.body(null, 202);
});
driver.get("/tracks/:pupil", requireConsent(), async (c) => {
  const ride: Pick<Ride, "pupil"> = { pupil: c.req.param("pupil") };
  await pool.query("UPDATE tracks SET last_seen = now() WHERE pupil = $1", [ride.pupil]);
  return c.json({});
});

const api = new Hono();
api.route("/v1", v1);
api.route("/v2", v2);
api.route("/", driver);

export const app = new Hono();
app.route("/api", api);
app.onError((error, c) => c.text(error.message, error instanceof ConsentError ? 403 : 500));
