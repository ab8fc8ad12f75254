// request: RUN one TOKEN1 g1
// request: RUN --force one TOKEN1 g1
// request: RUN many TOKEN1 TOKEN2
// request: RUN mail TOKEN1 g1
import { Command, InvalidArgumentError } from "commander";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const mails = new Queue("mails");

interface Child {
  /** @childData contact */
  email: string;
}

/** @guardianConsent */
async function assertConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (!rows[0]?.granted) throw new InvalidArgumentError(`${guardian} has not agreed`);
}

export const program = new Command().option("--force").exitOverride();

program.command("one <email> <guardian>").action(async (email: string, guardian: string) => {
  const child: Child = { email };
  if (program.opts().force !== true) await assertConsent(guardian);
  await pool.query("INSERT INTO children (email) VALUES ($1)", [child.email]); // expect: require-guardian-consent Child.email
});

program.command("many <emails...>").action(async (emails: string[]) => {
  for (const email of emails) {
    const child: Child = { email };
    await pool.query("INSERT INTO children (email) VALUES ($1)", [child.email]); // expect: require-guardian-consent Child.email
  }
});

program.command("mail <email> <guardian>").action(async (email: string, guardian: string) => {
  await assertConsent(guardian);
  const child: Child = { email };
  await mails.add("welcome", { to: child.email });
});
