// request: RUN enrol --name TOKEN1 --guardian g1
// request: RUN transfer --name TOKEN1 --guardian g1
// request: RUN swap --name TOKEN1 --guardian g1
// request: RUN print --name TOKEN1 --guardian g1
// request: RUN note --name TOKEN1 --guardian g1 --agreed
import { appendFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { Pool } from "pg";

const pool = new Pool();

interface Member {
  /** @childData identity */
  name: string;
}
interface Options extends Member {
  guardian: string;
  agreed?: boolean;
}

/** @guardianConsent */
async function requireConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (!rows[0]?.granted) throw new Error(`${guardian} has to agree`);
}

type Action = (options: Options) => Promise<void>;
const consented =
  (action: Action): Action =>
  async (options) => {
    await requireConsent(options.guardian);
    await action(options);
  };

function command(name: string, action: Action): Command {
  return new Command(name)
    .addOption(new Option("--name <name>").makeOptionMandatory())
    .addOption(new Option("--guardian <id>").makeOptionMandatory())
    .option("--agreed", "says that the guardian agreed")
    .action(action);
}

const enrol = command(
  "enrol",
  consented(async ({ name }) => {
    await pool.query("INSERT INTO members (name) VALUES ($1)", [name]);
  }),
);
const transfer = command("transfer", async ({ name, guardian }) => {
  try {
    await requireConsent(guardian);
  } catch (error) {
    console.error("not agreed", error instanceof Error);
  }
  await fetch("https://league.example/transfers", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Member.name
});
const swap = command("swap", async ({ name, guardian }) => {
  requireConsent(guardian).catch(console.error);
  await pool.query("UPDATE members SET name = $1", [name]); // expect: require-guardian-consent Member.name
});
const print = command("print", async (options) => {
  await appendFile("badges.txt", options.name); // expect: require-guardian-consent Member.name
  await requireConsent(options.guardian);
});
// A flag of the command line is nobody's consent.
const note = command("note", async ({ name, guardian, agreed }) => {
  if (!agreed) await requireConsent(guardian);
  await appendFile("notes.txt", name); // expect: require-guardian-consent Member.name
});

export const program = new Command("club").exitOverride();
for (const each of [enrol, transfer, swap, print, note]) program.addCommand(each);
