import type { Phase } from "../contracts/analysis.js";

const words: Readonly<Record<Phase, string>> = {
  read: "reading the project",
  annotate: "reading annotations",
  lower: "reading code",
  solve: "following child data",
  check: "judging",
};

/** One line on a terminal that says what is being done, and is gone afterwards. */
export class Progress {
  constructor(private readonly write: ((text: string) => void) | null) {}

  tell(phase: Phase): void {
    this.write?.(`\r\u001B[K${words[phase]}…`);
  }

  clear(): void {
    this.write?.("\r\u001B[K");
  }
}
