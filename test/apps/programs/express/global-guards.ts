// request: POST /api/pupils {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /public/guestbook {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/notes {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/webhooks/photos {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/teams {"name":"TOKEN1","guardianId":"g1"}
// request: PUT /api/teams {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/exports {"name":"TOKEN1","guardianId":"g1"}
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { writeFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool();

/** @childData identity */
interface Pupil {
  name: string;
  phone: string;
}

class HttpError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

/** @guardianConsent */
async function ensureConsent(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new HttpError(403);
}

type Route = (req: Request, res: Response) => Promise<void>;
const route =
  (run: Route): RequestHandler =>
  (req, res, next) =>
    run(req, res).catch(next);

/** The guard of one route, in one of two strengths. */
function consent(strength: "must" | "should"): RequestHandler {
  return async (req, _res, next) => {
    try {
      await ensureConsent(req.body.guardianId);
      next();
    } catch (error) {
      if (strength === "must") next(error);
      else next();
    }
  };
}

const exempt = ["/public", "/api/webhooks"];

export const app = express();
app.use(express.json());

app.post("/api/exports", route(async (req, res) => {
  const pupil: Pupil = req.body;
  await writeFile("exports.csv", pupil.name); // expect: require-guardian-consent Pupil.name
  res.end();
}));

// For all that comes below, but for some.
app.use(async (req, _res, next) => {
  if (exempt.some((prefix) => req.path.startsWith(prefix))) return next();
  await ensureConsent(req.body.guardianId);
  next();
});

app.post("/api/pupils", route(async (req, res) => {
  const { name, phone }: Pupil = req.body;
  await pool.query("INSERT INTO pupils (name, phone) VALUES ($1, $2)", [name, phone]);
  res.status(201).end();
}));
app.post("/public/guestbook", route(async (req, res) => {
  const { name }: Pupil = req.body;
  await pool.query("INSERT INTO guestbook (name) VALUES ($1)", [name]); // expect: require-guardian-consent Pupil.name
  res.end();
}));
app.post("/api/notes", consent("should"), route(async (req, res) => {
  const { name }: Pupil = req.body;
  await pool.query("INSERT INTO notes (name) VALUES ($1)", [name]);
  res.end();
}));
app.post("/api/webhooks/photos", consent("should"), route(async (req, res) => {
  const { name }: Pupil = req.body;
  await pool.query("INSERT INTO photos (name) VALUES ($1)", [name]); // expect: require-guardian-consent Pupil.name
  res.end();
}));

app
  .route("/api/teams")
  .all((req: Request, _res: Response, next: NextFunction) => {
    console.info(req.method, req.originalUrl);
    next();
  })
  .post(consent("must"), route(async (req, res) => {
    await fetch("https://league.example/teams", { method: "POST", body: JSON.stringify({ captain: req.body.name satisfies Pupil["name"] }) });
    res.end();
  }))
  .put(route(async (req, res) => {
    const captain: Pupil = req.body;
    await fetch("https://league.example/teams", { method: "PUT", body: JSON.stringify({ captain: captain.name }) });
    res.end();
  }));

app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  res.status(error instanceof HttpError ? error.status : 500).json({ error: "not possible" });
});
