// request: POST /v1/pupils {"email":"TOKEN1","nickname":"TOKEN2","guardianId":"g1"}
// request: POST /v2/pupils {"email":"TOKEN1","nickname":"TOKEN2","guardianId":"g1"}
// request: POST /v1/trips/signup {"nickname":"TOKEN2","guardianId":"g1"}
// request: POST /open/trips/signup {"nickname":"TOKEN2","guardianId":"g1"}
// request: PUT /albums/3 {"nickname":"TOKEN2","guardianId":"g1"}
// request: POST /albums/3 {"nickname":"TOKEN2","guardianId":"g1"}
// request: POST /albums {"nickname":"TOKEN2","guardianId":"g1"}
// request: POST /clubs/chess/members {"email":"TOKEN1","guardianId":"g1"}
// request: POST /clubs/chess/news {"email":"TOKEN1","guardianId":"g1"}
import express, { Router, type RequestHandler } from "express";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const mails = new Queue("mails");

/** @childData contact */
interface Pupil {
  email: string;
  nickname: string;
}

/** @guardianConsent */
const guardianAgreed: RequestHandler = async (req, res, next) => {
  const { rows } = await pool.query("SELECT granted FROM guardian_consents WHERE guardian_id = $1", [
    req.body.guardianId,
  ]);
  if (rows[0]?.granted) next();
  else res.sendStatus(403);
};

const pupils = Router();
pupils.post("/pupils", async (req, res) => {
  const { email, nickname }: Pupil = req.body;
  await pool.query("INSERT INTO pupils (email, nickname) VALUES ($1, $2)", [email, nickname]);
  res.sendStatus(201);
});

const legacyPupils = Router();
legacyPupils.post("/pupils", async (req, res) => {
  const { email, nickname }: Pupil = req.body;
  await pool.query("INSERT INTO pupils (email, nickname) VALUES ($1, $2)", [email, nickname]); // expect: require-guardian-consent Pupil.email, Pupil.nickname
  res.sendStatus(201);
});

/** Mounted twice, once behind the guard and once not. */
const trips = Router();
trips.post("/signup", async (req, res) => {
  const pupil: Pick<Pupil, "nickname"> = { nickname: req.body.nickname };
  await mails.add("trip", pupil); // expect: require-guardian-consent Pupil.nickname
  res.sendStatus(202);
});

const albums = Router();
albums
  .route("/:id")
  .post(async (req, res) => {
    const caption: Pick<Pupil, "nickname"> = req.body;
    await pool.query("INSERT INTO albums (nickname) VALUES ($1)", [caption.nickname]); // expect: require-guardian-consent Pupil.nickname
    res.sendStatus(201);
  })
  .all(guardianAgreed)
  .put(async (req, res) => {
    const caption: Pick<Pupil, "nickname"> = req.body;
    await pool.query("UPDATE albums SET nickname = $1", [caption.nickname]);
    res.sendStatus(204);
  });
albums.post("/", [express.urlencoded(), guardianAgreed], async (req: express.Request, res: express.Response) => {
  const caption: Pick<Pupil, "nickname"> = req.body;
  await pool.query("INSERT INTO album_covers (nickname) VALUES ($1)", [caption.nickname]);
  res.sendStatus(201);
});

const clubs = Router({ mergeParams: true });
clubs.post("/news", async (req, res) => {
  const reader: Pick<Pupil, "email"> = req.body;
  await fetch("https://news.letterbox.example/subscribe", { method: "POST", body: JSON.stringify(reader) }); // expect: require-guardian-consent Pupil.email
  res.sendStatus(202);
});
clubs.use(guardianAgreed);
clubs.post("/members", async (req, res) => {
  const member: Pick<Pupil, "email"> = req.body;
  await pool.query("INSERT INTO club_members (club, email) VALUES ($1, $2)", [req.params.club, member.email]);
  res.sendStatus(201);
});

export const app = express();
app.use(express.json());
app.use("/v1", guardianAgreed, pupils);
app.use("/v1/trips", trips);
app.use("/v2", legacyPupils);
app.use("/open/trips", trips);
app.use("/albums", albums);
app.use("/clubs/:club", clubs);
