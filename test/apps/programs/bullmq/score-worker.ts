// request: JOB scores/add {"score":"TOKEN1","guardian":"g1"}
// request: JOB raw-scores/add {"score":"TOKEN1","guardian":"g1"}
// request: JOB late-scores/add {"score":"TOKEN1","guardian":"g1"}
import { Worker, type Processor } from "bullmq";
import pg from "pg";

const pool = new pg.Pool();

/** What another program has put in the queue. */
interface Attempt {
  /** @childData education */
  score: string;
  guardian: string;
}

/** @guardianConsent */
async function isAgreed(guardian: string): Promise<boolean> {
  const result = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return result.rows[0]?.granted ?? false;
}

/** Takes only jobs whose guardian agreed; the others are done with. */
const whenAgreed =
  (work: Processor<Attempt>): Processor<Attempt> =>
  async (job, token) =>
    (await isAgreed(job.data.guardian)) ? work(job, token) : undefined;

const keep: Processor<Attempt> = async ({ data }) => {
  await pool.query("INSERT INTO scores (score) VALUES ($1)", [data.score]);
};

export const scores = new Worker("scores", whenAgreed(keep));
export const rawScores = new Worker<Attempt>("raw-scores", async ({ data: { score } }) => {
  await pool.query("INSERT INTO raw_scores (score) VALUES ($1)", [score]); // expect: require-guardian-consent Attempt.score
});
export const lateScores = new Worker<Attempt>("late-scores", async ({ data: { score, guardian } }) => {
  const kept = pool.query("INSERT INTO late_scores (score) VALUES ($1)", [score]); // expect: require-guardian-consent Attempt.score
  const agreed = await isAgreed(guardian);
  if (agreed) await kept;
});
