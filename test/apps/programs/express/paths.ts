// request: POST /children {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /child/diary {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /api/scores {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /api/team/scores {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /apis/scores {"nickname":"TOKEN1","guardianId":"g1"}
// request: PATCH /homework/9 {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /homework/9 {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /lessons/art {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /lessons/free/art {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /admin/pupils {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /reading/log {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /reading/log?trial=1 {"nickname":"TOKEN1","guardianId":"g1"}
import express, { type NextFunction, type Request, type Response } from "express";
import { Pool } from "pg";

const pool = new Pool();
const insert = "INSERT INTO entries (nickname) VALUES ($1)";

interface Entry {
  /** @childData identity */
  nickname: string;
}

/** @guardianConsent */
async function guard(req: Request, res: Response, next: NextFunction) {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [req.body.guardianId]);
  return rows[0]?.granted === true ? next() : res.status(403).send("ask at home");
}

export const app = express();
app.use(express.json());

// A mount path matches whole segments.
app.use("/child", guard);
app.post("/child/diary", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query("INSERT INTO diary (nickname) VALUES ($1)", [entry.nickname]);
  res.end();
});
app.post("/children", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query("INSERT INTO children (nickname) VALUES ($1)", [entry.nickname]); // expect: require-guardian-consent Entry.nickname
  res.end();
});

// Several paths at once, and everything below each.
app.use(["/api", "/homework"], (req, res, next) => (req.method === "PATCH" ? next() : guard(req, res, next)));
app.post(["/api/scores", "/api/team/scores"], async (req, res) => {
  const entry: Entry = req.body;
  await pool.query("INSERT INTO scores (nickname) VALUES ($1)", [entry.nickname]);
  res.end();
});
app.post("/apis/scores", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query("INSERT INTO scores (nickname) VALUES ($1)", [entry.nickname]); // expect: require-guardian-consent Entry.nickname
  res.end();
});
app
  .route("/homework/:id")
  .post(async (req, res) => {
    const entry: Entry = req.body;
    await pool.query("INSERT INTO homework (nickname) VALUES ($1)", [entry.nickname]);
    res.end();
  })
  .patch(async (req, res) => {
    const entry: Entry = req.body;
    await pool.query("UPDATE homework SET nickname = $1", [entry.nickname]); // expect: require-guardian-consent Entry.nickname
    res.end();
  });

// `all` for a pattern stands before the routes that it covers.
app.post("/lessons/free/art", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query(insert, [entry.nickname]); // expect: require-guardian-consent Entry.nickname
  res.end();
});
app.all("/lessons/{*rest}", guard);
app.post("/lessons/art", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query(insert, [entry.nickname]);
  res.end();
});

// An app of its own, mounted: what the outer one uses before it counts for it too.
const admin = express();
admin.post("/pupils", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query(insert, [entry.nickname]);
  res.end();
});
app.use("/admin", guard, admin);

// `next("route")` leaves out what is left of this route's own handlers.
app.post(
  "/reading/log",
  (req, _res, next) => (req.query.trial === undefined ? next() : next("route")),
  guard,
  async (req, res) => {
    const entry: Entry = req.body;
    await pool.query(insert, [entry.nickname]);
    res.end();
  },
);
app.post("/reading/log", async (req, res) => {
  const entry: Entry = req.body;
  await pool.query(insert, [entry.nickname]); // expect: require-guardian-consent Entry.nickname
  res.end();
});
