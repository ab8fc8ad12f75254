/** What can be typed: commands, their options, and which file carries each out. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { AuditFlags } from "./run-audit.js";
import type { ExplainFlags } from "./run-explain.js";
import type { ImpactFlags } from "./run-impact.js";
import type { InitFlags } from "./run-init.js";
import type { ModelsFlags } from "./run-models.js";

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isGood =
    /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isGood) throw new InvalidArgumentError("Write a day such as 2026-11-24.");
  return text;
}

const dayOption = (): Option => new Option("--today <date>", "judge as of this day").argParser(day);

function languageOption(): Option {
  return new Option("--lang <language>", "the language of all messages")
    .choices(["en", "zh-CN"])
    .default("en");
}

function failOnOption(): Option {
  return new Option("--fail-on <level>", "exit with 1 from this level on")
    .choices(["error", "warn", "never"])
    .default("error");
}

function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "how to print").choices(formats).default("pretty");
}

/** Which code is read, by which config. */
function withSelection(command: Command): Command {
  return command
    .option("-p, --project <tsconfig...>", "tsconfigs to use instead of those found")
    .option("--config <file>", "a child-privacy.yaml to use instead of those found")
    .option("--include-tests", "audit test files too");
}

function withPrinting(command: Command): Command {
  return command.addOption(languageOption()).option("--no-color", "no colours");
}

export function auditCommand(): Command {
  const command = new Command("audit")
    .description("audit a folder")
    .argument("[dir]", "the folder to audit", ".");
  withSelection(command)
    .addOption(formatOption(["pretty", "json", "sarif", "html", "markdown", "github", "junit"]))
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--rule <id...>", "only findings of these rules")
    .option("--baseline <file>", "leave out the findings that this file lists")
    .option("--update-baseline", "write all findings into the file that --baseline names")
    .option("--since <ref>", "only findings that the merge base with this git ref does not have")
    .addOption(failOnOption())
    .option("--fail-on-blind-spots", "exit with 1 where something could not be followed")
    .addOption(dayOption())
    .option("--timings", "print what took how long to stderr");
  return withPrinting(command).action(async (folder: string, flags: AuditFlags) => {
    const { runAudit } = await import("./run-audit.js");
    process.exitCode = runAudit(folder, flags, process.argv.slice(2));
  });
}

export function impactCommand(): Command {
  const command = new Command("impact")
    .description("show what a change does to the data map, and which notice, record and consent it needs")
    .argument("[dir]", "the folder to audit", ".")
    .requiredOption("--since <ref>", "compare with the merge base with this git ref");
  withSelection(command)
    .addOption(formatOption(["pretty", "markdown", "json"]))
    .option("-o, --output <file>", "write to a file instead of stdout")
    .addOption(failOnOption())
    .addOption(dayOption());
  return withPrinting(command).action(async (folder: string, flags: ImpactFlags) => {
    const { runImpact } = await import("./run-impact.js");
    process.exitCode = runImpact(folder, flags);
  });
}

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("show one finding with every step from source to sink")
    .argument("<id>", "the finding's id, or the beginning of it")
    .argument("[dir]", "the audited folder", ".");
  withSelection(command).addOption(dayOption());
  return withPrinting(command).action(async (id: string, folder: string, flags: ExplainFlags) => {
    const { runExplain } = await import("./run-explain.js");
    process.exitCode = runExplain(id, folder, flags);
  });
}

export function initCommand(): Command {
  return new Command("init")
    .description("write a config, a draft record for each recipient, and the ESLint config")
    .argument("[dir]", "the project's folder", ".")
    .addOption(dayOption())
    .addOption(languageOption())
    .action(async (folder: string, flags: InitFlags) => {
      const { runInit } = await import("./run-init.js");
      process.exitCode = runInit(folder, flags);
    });
}

export function modelsCommand(): Command {
  return new Command("models")
    .description(
      "show what is known of a package or company, or of which there is anything; --check judges your own",
    )
    .argument("[package]", "a package, a file of your own, or a company")
    .option("--dir <dir>", "the folder whose configs are read", ".")
    .option("--config <file>", "a child-privacy.yaml to use instead of those found")
    .option("--check", "only check the models of the config")
    .addOption(languageOption())
    .action(async (name: string | undefined, flags: ModelsFlags) => {
      const { runModels } = await import("./run-models.js");
      process.exitCode = runModels(name, flags);
    });
}
