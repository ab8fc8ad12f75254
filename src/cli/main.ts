#!/usr/bin/env node
/** The command line. Nothing heavy is imported before a command needs it: `--help` answers at once. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { toolVersion } from "../tool-version.js";
import type { AuditFlags } from "./run-audit.js";
import type { InitFlags } from "./run-init.js";
import type { ExplainFlags } from "./run-explain.js";

const unusable = 2;

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isGood =
    /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isGood) throw new InvalidArgumentError("Write a day such as 2026-11-24.");
  return text;
}

function langOption(): Option {
  return new Option("--lang <language>", "the language of all messages")
    .choices(["en", "zh-CN"])
    .default("en");
}

function program(): Command {
  const command = new Command("child-privacy")
    .description(
      "Follows children's personal information through TypeScript and JavaScript code and shows where it breaks the law that protects it.",
    )
    .version(toolVersion(), "-V, --version")
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(child-privacy --help shows what there is)");
  command
    .command("audit")
    .description("audit a folder")
    .argument("[dir]", "the folder to audit", ".")
    .option("-p, --project <tsconfig...>", "tsconfigs to use instead of those found")
    .option("--config <file>", "a child-privacy.yaml to use instead of those found")
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["pretty", "json", "sarif", "html", "markdown", "github", "junit"])
        .default("pretty"),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--rule <id...>", "only findings of these rules")
    .addOption(
      new Option("--fail-on <level>", "exit with 1 from this level on")
        .choices(["error", "warn", "never"])
        .default("error"),
    )
    .option("--today <date>", "judge as of this day", day)
    .option("--timings", "print what took how long to stderr")
    .option("--include-tests", "audit test files too")
    .addOption(langOption())
    .option("--no-color", "no colours")
    .action(async (folder: string, flags: AuditFlags) => {
      const { runAudit } = await import("./run-audit.js");
      process.exitCode = runAudit(folder, flags, process.argv.slice(2));
    });
  command
    .command("explain")
    .description("show one finding with every step from source to sink")
    .argument("<id>", "the finding's id, or the beginning of it")
    .argument("[dir]", "the audited folder", ".")
    .option("-p, --project <tsconfig...>", "tsconfigs to use instead of those found")
    .option("--config <file>", "a child-privacy.yaml to use instead of those found")
    .option("--today <date>", "judge as of this day", day)
    .option("--include-tests", "audit test files too")
    .addOption(langOption())
    .option("--no-color", "no colours")
    .action(async (id: string, folder: string, flags: ExplainFlags) => {
      const { runExplain } = await import("./run-explain.js");
      process.exitCode = runExplain(id, folder, flags);
    });
  command
    .command("init")
    .description("write a config, a draft record for each recipient, and the ESLint config")
    .argument("[dir]", "the project's folder", ".")
    .option("--today <date>", "judge as of this day", day)
    .action(async (folder: string, flags: InitFlags) => {
      const { runInit } = await import("./run-init.js");
      process.exitCode = runInit(folder, flags);
    });
  return command;
}

/** Runs the command line; gives no exit status, but sets it. */
async function main(): Promise<void> {
  try {
    await program().parseAsync(process.argv);
  } catch (error) {
    // Help and version end with 0; whatever else commander refuses, it has said why.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : unusable;
    else {
      process.stderr.write(
        `child-privacy failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exitCode = unusable;
    }
  }
}

// Who reads only the first lines (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

await main();
