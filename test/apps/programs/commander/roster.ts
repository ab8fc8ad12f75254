// request: RUN add --name TOKEN1 --phone TOKEN2 --guardian g1
// request: RUN add-quick --name TOKEN1 --phone TOKEN2 --guardian g1
// request: RUN rename --name TOKEN1 --guardian g1
// request: RUN export --name TOKEN1 --guardian g1
// request: RUN team join --name TOKEN1 --guardian g1
// request: RUN team leave --name TOKEN1 --guardian g1
// request: RUN backup --name TOKEN1 --guardian g1
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { Pool } from "pg";

const pool = new Pool();

/** @childData contact */
interface Player {
  name: string;
  phone: string;
}
type Options = Player & { guardian: string };

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

export const program = new Command("roster");

program
  .command("add")
  .requiredOption("--name <name>")
  .requiredOption("--phone <phone>")
  .requiredOption("--guardian <id>")
  .action(async ({ name, phone, guardian }: Options) => {
    if (!(await hasConsent(guardian))) program.error("a guardian has to agree first");
    await pool.query("INSERT INTO players (name, phone) VALUES ($1, $2)", [name, phone]);
  });

program
  .command("add-quick")
  .option("--name <name>")
  .option("--phone <phone>")
  .option("--guardian <id>")
  .action(async ({ name, phone, guardian }: Options) => {
    if (!(await hasConsent(guardian))) console.error("a guardian has to agree first");
    await pool.query("INSERT INTO players (name, phone) VALUES ($1, $2)", [name, phone]); // expect: require-guardian-consent Player.name, Player.phone
  });

program
  .command("rename")
  .option("--name <name>")
  .option("--guardian <id>")
  .action(async ({ name, guardian }: Options) => {
    const agreed = hasConsent(guardian);
    if (!agreed) process.exit(1);
    await pool.query("UPDATE players SET name = $1", [name]); // expect: require-guardian-consent Player.name
  });

program
  .command("export")
  .option("--name <name>")
  .option("--guardian <id>")
  .action(async (options: Options) => {
    await writeFile("roster.csv", `${options.name}\n`); // expect: require-guardian-consent Player.name
    if (!(await hasConsent(options.guardian))) process.exitCode = 1;
  });

// A hook is for the command that it stands at, and for those below.
const team = program.command("team").hook("preAction", async (_team, action) => {
  if (!(await hasConsent(action.opts().guardian))) throw new Error("a guardian has to agree first");
});
for (const verb of ["join", "leave"])
  team
    .command(verb)
    .option("--name <name>")
    .option("--guardian <id>")
    .action(async ({ name }: Options) => {
      await pool.query("INSERT INTO team_events (name) VALUES ($1)", [name]);
    });

program
  .command("backup")
  .option("--name <name>")
  .option("--guardian <id>")
  .hook("postAction", async (_command, action) => {
    if (!(await hasConsent(action.opts().guardian))) throw new Error("a guardian has to agree first");
  })
  .action(async ({ name }: Options) => {
    await fetch("https://backups.example/roster", { method: "PUT", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Player.name
  });
