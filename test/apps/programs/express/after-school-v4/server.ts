// request: POST /clubs/chess/join {"name":"TOKEN1","guardianId":"g1"}
// request: POST /clubs {"name":"TOKEN1","guardianId":"g1"}
// request: POST /Meals {"name":"TOKEN1","guardianId":"g1"}
// request: POST /meals/wishes {"name":"TOKEN1","guardianId":"g1"}
// request: POST /busses/7 {"name":"TOKEN1","guardianId":"g1"}
// request: POST /bikes/7 {"name":"TOKEN1","guardianId":"g1"}
// request: POST /sports/new {"name":"TOKEN1","guardianId":"g1"}
// request: POST /sports/trial {"name":"TOKEN1","guardianId":"g1"}
// request: POST /art/new {"name":"TOKEN1","guardianId":"g1"}
import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();
app.use(express.json());

interface Pupil {
  /** @childData identity */
  name: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const guard: express.RequestHandler = (req, res, next) => {
  hasConsent(req.body.guardianId)
    .then((yes) => {
      if (yes) next();
      else res.status(403).end();
    })
    .catch(next);
};

// The star takes in all below, not the path itself.
app.all("/clubs/*", guard);
app.post("/clubs/:club/join", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO clubs (name) VALUES ($1)", [pupil.name]);
  res.end();
});
app.post("/clubs", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO founders (name) VALUES ($1)", [pupil.name]); // expect: require-guardian-consent Pupil.name
  res.end();
});

// A regular expression, and paths without regard to case.
app.use(/^\/meals$/, guard);
app.post("/meals", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO meals (name) VALUES ($1)", [pupil.name]); // expect: require-guardian-consent Pupil.name
  res.end();
});
app.post("/meals/wishes", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO wishes (name) VALUES ($1)", [pupil.name]); // expect: require-guardian-consent Pupil.name
  res.end();
});

// A parameter's callback that rejects answers nothing, and lets nothing pass.
app.param("bus", async (req, _res, next) => {
  if (!(await hasConsent(req.body.guardianId))) throw new Error("no consent");
  next();
});
app.post("/busses/:bus", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO busses (name) VALUES ($1)", [pupil.name]);
  res.end();
});
app.post("/bikes/:bike", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO bikes (name) VALUES ($1)", [pupil.name]); // expect: require-guardian-consent Pupil.name
  res.end();
});

// `next("router")` leaves the router, and what the app has next may be the same route without a guard.
const sports = express.Router();
sports.use((req, _res, next) => (req.path === "/trial" ? next("router") : next()));
sports.use(guard);
sports.post("/new", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO sports (name) VALUES ($1)", [pupil.name]);
  res.end();
});
app.use("/sports", sports);
app.post("/sports/trial", async (req, res) => {
  const pupil: Pupil = req.body;
  await pool.query("INSERT INTO trials (name) VALUES ($1)", [pupil.name]); // expect: require-guardian-consent Pupil.name
  res.end();
});

// What is thrown at once does come to the handlers of errors in Express 4, and this one lets the request go on.
app.use("/art", (req, _res, next) => {
  if (req.get("x-consent-shown") === undefined) throw new Error("nobody was asked");
  next();
});
app.use("/art", ((_error, _req, _res, next) => next()) as express.ErrorRequestHandler);
app.post("/art/new", async (req, res) => {
  const pupil: Pupil = req.body;
  await fetch("https://paints.example/orders", { method: "POST", body: JSON.stringify({ for: pupil.name }) }); // expect: require-guardian-consent Pupil.name
  res.end();
});

app.listen(8080);
