import type { TextTable } from "../report/messages/text-table.js";
import type { Phase } from "../contracts/analysis.js";

/** One line on a terminal that says what is being done, and is gone afterwards. */
export class Progress {
  constructor(
    private readonly write: ((text: string) => void) | null,
    private readonly texts: TextTable,
  ) {}

  tell(phase: Phase): void {
    this.write?.(`\r\u001B[K${this.texts.cli.phases[phase]}…`);
  }

  clear(): void {
    this.write?.("\r\u001B[K");
  }
}
