#!/usr/bin/env node
/** The command line. Nothing heavy is imported before a command needs it: `--help` answers at once. */
import "./compile-less.js";
import { Command, CommanderError } from "commander";
import { toolVersion } from "../tool-version.js";
import { auditCommand, explainCommand, impactCommand, initCommand, modelsCommand } from "./commands.js";

const unusable = 2;

function program(): Command {
  const command = new Command("child-privacy")
    .description(
      "Follows children's personal information through TypeScript and JavaScript code and shows where it breaks the law that protects it.",
    )
    .version(toolVersion(), "-V, --version");
  const commands = [auditCommand(), impactCommand(), explainCommand(), modelsCommand(), initCommand()];
  for (const each of [command, ...commands]) {
    each
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError("(child-privacy --help shows what there is)");
    if (each !== command) command.addCommand(each);
  }
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
