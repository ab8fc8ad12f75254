// request: POST /lessons {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /lessons/trial {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /practice {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /practice/retry {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /practice/lenient {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /concerts {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /concerts/events {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /concerts/steps {"pupil":"TOKEN1","guardian":"g1"}
// request: POST /concerts/callback {"pupil":"TOKEN1","guardian":"g1"}
import { EventEmitter } from "node:events";
import { writeFile } from "node:fs";
import express, { type Request, type RequestHandler, type Response } from "express";
import { Pool } from "pg";

type Pupil = {
  /** @childData identity */
  pupil: string;
  guardian: string;
};
type Ask = (guardian: string) => Promise<boolean>;
type Work = (pupil: Pupil) => Promise<unknown>;

const makeAsk = (pool: Pool): Ask => {
  /** @guardianConsent */
  async function ask(guardian: string): Promise<boolean> {
    const { rows } = await pool.query("SELECT given FROM consents WHERE guardian = $1", [guardian]);
    return !!rows[0]?.given;
  }
  return ask;
};

const handle =
  (work: Work): RequestHandler =>
  async (req: Request, res: Response) => {
    await work(req.body);
    res.sendStatus(204);
  };

const ifAgreed =
  (ask: Ask) =>
  (work: Work): Work =>
  async (pupil) => {
    if (!(await ask(pupil.guardian))) throw new Error("ask at home");
    return work(pupil);
  };

async function retry<T>(times: number, work: () => Promise<T>): Promise<T> {
  for (let left = times; ; left--)
    try {
      return await work();
    } catch (error) {
      if (left <= 1) throw error;
    }
}

async function attempt(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let left = times; left > 0; left--)
    try {
      await work();
      return;
    } catch {
      console.info("once more");
    }
}

export function createApp(pool: Pool) {
  const ask = makeAsk(pool);
  const guarded = ifAgreed(ask);
  const must = async (guardian: string) => {
    if (!(await ask(guardian))) throw new Error("ask at home");
  };
  const bus = new EventEmitter();
  bus.on("concert", ({ pupil }: Pupil) => {
    void pool.query("INSERT INTO concerts (pupil) VALUES ($1)", [pupil]);
  });
  bus.on("rehearsal", ({ pupil }: Pupil) => {
    void pool.query("INSERT INTO rehearsals (pupil) VALUES ($1)", [pupil]); // expect: require-guardian-consent Pupil.pupil
  });
  async function* steps(guardian: string) {
    yield "asking";
    await must(guardian);
    yield "agreed";
  }

  const server = express();
  server.use(express.json());
  server.post("/lessons", handle(guarded(({ pupil }) => pool.query("INSERT INTO lessons (pupil) VALUES ($1)", [pupil]))));
  server.post("/lessons/trial", handle(({ pupil }) => pool.query("INSERT INTO trials (pupil) VALUES ($1)", [pupil]))); // expect: require-guardian-consent Pupil.pupil
  server.post("/practice", handle(async ({ pupil, guardian }) => {
    if (!(await ask(guardian))) return;
    await pool.query("INSERT INTO practice (pupil) VALUES ($1)", [pupil]);
  }));
  server.post("/practice/retry", handle(async ({ pupil, guardian }) => {
    await retry(3, () => must(guardian));
    await pool.query("INSERT INTO practice (pupil) VALUES ($1)", [pupil]);
  }));
  server.post("/practice/lenient", handle(async ({ pupil, guardian }) => {
    await attempt(2, () => must(guardian));
    await pool.query("INSERT INTO practice (pupil) VALUES ($1)", [pupil]); // expect: require-guardian-consent Pupil.pupil
  }));
  server.post("/concerts", handle(async (pupil) => {
    await must(pupil.guardian);
    bus.emit("concert", pupil);
  }));
  server.post("/concerts/events", handle(async (pupil) => {
    bus.emit("rehearsal", pupil);
    await must(pupil.guardian);
  }));
  server.post("/concerts/steps", handle(async ({ pupil, guardian }) => {
    for await (const step of steps(guardian)) console.info(step);
    await pool.query("INSERT INTO steps (pupil) VALUES ($1)", [pupil]);
  }));
  server.post("/concerts/callback", handle(async ({ pupil, guardian }) => {
    ask(guardian).then((agreed) => {
      if (!agreed) return;
      writeFile("/data/concert.txt", pupil, () => undefined);
    });
    writeFile("/data/programme.txt", pupil, () => undefined); // expect: require-guardian-consent Pupil.pupil
  }));
  return server;
}

export const app = createApp(new Pool());
