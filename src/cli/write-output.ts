import { writeFileSync } from "node:fs";
import { UsageError } from "./check-flags.js";

/** To a file, or to stdout where none is named. */
export function writeOutput(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}. Name a file in a folder that is there and can be written to.`,
    );
  }
}
