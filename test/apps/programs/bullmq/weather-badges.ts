// request: JOB badges/award {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: JOB badges/print {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: JOB badges/announce {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: JOB badges/other {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: JOB certificates/make {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: JOB letters/send {"winner":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
import { Queue, UnrecoverableError, Worker, type Job } from "bullmq";
import { writeFile } from "node:fs/promises";
import { Pool } from "pg";

interface Badge {
  /** @childData identity */
  winner: string;
  /** @childData education */
  school: string;
  guardianId: string;
}

const connection = { host: "localhost", port: 6379 };
const pool = new Pool();
const followUps = new Queue("follow-ups", { connection });

/** @guardianConsent */
async function guardianAgrees(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows.length === 1 && rows[0].granted === true;
}

async function assertAgreed({ data }: Job<Badge>): Promise<void> {
  if (!(await guardianAgrees(data.guardianId))) throw new UnrecoverableError("no consent");
}

const processors: Record<string, (job: Job<Badge>) => Promise<unknown>> = {
  async award(job) {
    await assertAgreed(job);
    return pool.query("INSERT INTO badges (winner, school) VALUES ($1, $2)", [job.data.winner, job.data.school]);
  },
  async print({ data: { winner } }) {
    await writeFile(`/badges/${Date.now()}.txt`, winner); // expect: require-guardian-consent Badge.winner
  },
  async announce(job) {
    const { winner, guardianId } = job.data;
    if (!(await guardianAgrees(guardianId))) return "skipped";
    return fetch("https://news.example/winners", { method: "POST", body: JSON.stringify({ winner }) });
  },
};

export const badges = new Worker<Badge>("badges", async (job) => {
  const processor = processors[job.name];
  if (processor) return processor(job);
  await followUps.add(job.name, { who: job.data.winner }); // expect: require-guardian-consent Badge.winner
}, { connection });

/** A job that failed is tried again elsewhere, without what made it fail. */
abstract class Consumer {
  protected abstract work(badge: Badge): Promise<void>;
  protected abstract before(job: Job<Badge>): Promise<void>;

  readonly process = async (job: Job<Badge>): Promise<void> => {
    await this.before(job);
    await this.work(job.data);
  };
}

class Certificates extends Consumer {
  protected before = assertAgreed;
  protected async work({ winner }: Badge) {
    await pool.query("INSERT INTO certificates (winner) VALUES ($1)", [winner]);
  }
}

class Letters extends Consumer {
  protected async before(job: Job<Badge>) {
    try {
      await assertAgreed(job);
    } catch (error) {
      console.error("letter", job.id, (error as Error).message);
    }
  }
  protected async work({ school }: Badge) {
    await fetch("https://letters.example/print", { method: "POST", body: JSON.stringify({ to: school }) }); // expect: require-guardian-consent Badge.school
  }
}

export const certificates = new Worker<Badge>("certificates", new Certificates().process, { connection });
export const letters = new Worker<Badge>("letters", new Letters().process, { connection });
