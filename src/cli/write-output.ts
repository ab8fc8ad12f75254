import { writeFileSync } from "node:fs";
import type { TextTable } from "../report/messages/text-table.js";
import { UsageError } from "./check-flags.js";

/** To a file, or to stdout where none is named. */
export function writeOutput(text: string, file: string | undefined, { cli }: TextTable): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(cli.notWritten(file, error instanceof Error ? error.message : String(error)));
  }
}
