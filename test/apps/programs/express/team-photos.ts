// request: POST /photos {"guardians":["g1","g2"],"photos":[{"caption":"TOKEN1"},{"caption":"TOKEN2"}]}
// request: POST /photos/some {"guardians":["g1","g2"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/settled {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/race {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/together {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/each {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/for-each {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/loop {"guardians":[],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/loop {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
// request: POST /photos/filtered {"guardians":["g1"],"photos":[{"caption":"TOKEN1"}]}
import express from "express";
import { appendFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool();

interface Photo {
  /** @childData media */
  caption: string;
}
interface Upload {
  guardians: string[];
  photos: Photo[];
}

/** @guardianConsent */
const askGuardian = async (id: string): Promise<boolean> =>
  (await pool.query("SELECT granted FROM guardian_consents WHERE guardian_id = $1", [id])).rows[0]?.granted === true;

async function mustAgree(id: string) {
  if (await askGuardian(id)) return;
  throw Object.assign(new Error("not agreed"), { status: 403 });
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export const app = express();
app.use(express.json());

app.post("/photos", async (req, res) => {
  const { guardians, photos } = req.body as Upload;
  const answers = await Promise.all(guardians.map((id) => askGuardian(id)));
  if (!answers.every((answer) => answer)) return void res.sendStatus(403);
  for (const photo of photos) await pool.query("INSERT INTO photos (caption) VALUES ($1)", [photo.caption]);
  res.sendStatus(201);
});

app.post("/photos/some", async (req, res) => {
  const { guardians, photos } = req.body as Upload;
  const answers = await Promise.all(guardians.map(askGuardian));
  if (answers.length === 0) return void res.sendStatus(403);
  for (const { caption } of photos) await pool.query("INSERT INTO photos (caption) VALUES ($1)", [caption]); // expect: require-guardian-consent Photo.caption
  res.sendStatus(201);
});

app.post("/photos/settled", async (req, res) => {
  const upload: Upload = req.body;
  await Promise.allSettled(upload.guardians.map((id) => mustAgree(id)));
  await appendFile("/data/captions.txt", upload.photos[0]!.caption); // expect: require-guardian-consent Photo.caption
  res.sendStatus(201);
});

app.post("/photos/race", async (req, res) => {
  const upload: Upload = req.body;
  // Nobody should have to wait for a slow consent service.
  await Promise.race([mustAgree(upload.guardians[0]!), wait(1)]);
  await pool.query("INSERT INTO photos (caption) VALUES ($1)", [upload.photos[0]!.caption]); // expect: require-guardian-consent Photo.caption
  res.sendStatus(201);
});

app.post("/photos/together", async (req, res) => {
  const { guardians, photos }: Upload = req.body;
  await Promise.all([
    mustAgree(guardians[0]!),
    pool.query("INSERT INTO photos (caption) VALUES ($1)", [photos[0]!.caption]), // expect: require-guardian-consent Photo.caption
  ]);
  res.sendStatus(201);
});

app.post("/photos/each", async (req, res) => {
  const { guardians, photos }: Upload = req.body;
  await mustAgree(guardians[0]!);
  await Promise.all(photos.map(({ caption }) => pool.query("INSERT INTO photos (caption) VALUES ($1)", [caption])));
  res.sendStatus(201);
});

app.post("/photos/for-each", async (req, res) => {
  const { guardians, photos }: Upload = req.body;
  guardians.forEach(async (id) => {
    await mustAgree(id);
  });
  await pool.query("INSERT INTO photos (caption) VALUES ($1)", [photos.map((each) => each.caption).join()]); // expect: require-guardian-consent Photo.caption
  res.sendStatus(201);
});

app.post("/photos/loop", async (req, res) => {
  const { guardians, photos }: Upload = req.body;
  for (const id of guardians) await mustAgree(id);
  await pool.query("INSERT INTO photos (caption) VALUES ($1)", [photos[0]!.caption]); // expect: require-guardian-consent Photo.caption
  res.sendStatus(201);
});

app.post("/photos/filtered", async (req, res) => {
  const { guardians, photos }: Upload = req.body;
  for (const [index, photo] of photos.entries()) {
    if (!(await askGuardian(guardians[index]!))) continue;
    await appendFile("/data/captions.txt", photo.caption);
  }
  res.sendStatus(201);
});
