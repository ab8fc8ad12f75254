/** The figures of a run. */
import type { Examined } from "./examine.js";
import { features, uncovered } from "./features.js";
import { knownFor } from "./known-inventions.js";

export class Tally {
  misses = 0;
  private programs = 0;
  private flows = 0;
  private proven = 0;
  private possible = 0;
  private falseProven = 0;
  /** False proven reports of programs that have no gadget of a listed kind. */
  private unlisted = 0;
  private falsePossible = 0;
  private stray = 0;
  private timeouts = 0;
  private broken = 0;
  private lines = 0;
  private readonly shown = new Map<string, number>();

  add({ program, outcome, comparison }: Examined): void {
    this.programs += 1;
    this.lines += program.files.reduce((sum, file) => sum + file.text.split("\n").length, 0);
    for (const feature of program.features) this.shown.set(feature, (this.shown.get(feature) ?? 0) + 1);
    if (outcome === null || comparison === null) {
      this.timeouts += 1;
      return;
    }
    if (outcome.failures === outcome.runs) this.broken += 1;
    this.flows += comparison.right.length + comparison.missed.length;
    this.misses += comparison.missed.length;
    this.proven += comparison.right.filter((flow) => flow.verdict === "proven").length;
    this.possible += comparison.right.filter((flow) => flow.verdict === "possible").length;
    const falseProven = comparison.invented.filter((flow) => flow.verdict === "proven").length;
    this.falseProven += falseProven;
    if (knownFor(program.features).length === 0) this.unlisted += falseProven;
    this.falsePossible += comparison.invented.filter((flow) => flow.verdict === "possible").length;
    this.stray += comparison.stray.length;
  }

  /** Of the findings that the engine calls proven, the share that happened: 0 to 1. */
  get precision(): number {
    return this.proven / Math.max(1, this.proven + this.falseProven);
  }

  /** Findings where no sink is, and programs that did not end: a fault of the oracle or of the engine. */
  get faults(): number {
    return this.stray + this.timeouts;
  }

  line(): string {
    const reported = this.proven + this.falseProven;
    const all = reported + this.possible + this.falsePossible;
    return [
      `programs ${String(this.programs)}`,
      `flows ${String(this.flows)}`,
      `misses ${String(this.misses)} (${percent(this.misses, this.flows)})`,
      `false proven ${String(this.falseProven)} (precision ${percent(this.proven, reported)}; in programs without a listed kind ${String(this.unlisted)})`,
      `possible only ${percent(this.possible + this.falsePossible, all)} (${String(this.possible)} true, ${String(this.falsePossible)} false)`,
      `stray ${String(this.stray)}`,
      `threw on every input ${String(this.broken)}`,
      `timeouts ${String(this.timeouts)}`,
      `lines ${String(this.lines)}`,
    ].join(", ");
  }

  /** Features of the list that no program covers. */
  get uncovered(): readonly string[] {
    return uncovered(new Set(this.shown.keys()));
  }

  /** How much of the list of features the run covers, and which of them it does not. */
  covered(): string {
    const left = this.uncovered;
    const count = `features covered: ${String(features.length - left.length)} of ${String(features.length)}`;
    return left.length === 0 ? count : `${count}; not covered: ${left.join("; ")}`;
  }

  /** Programs by gadget, the rarest first, with those that no program uses. */
  gadgetCounts(known: readonly string[]): string {
    const names = [...new Set([...known, ...this.shown.keys()])];
    const counts = names
      .map((name) => [name, this.shown.get(name) ?? 0] as const)
      .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
    return counts.map(([name, count]) => `${String(count).padStart(6)} ${name}`).join("\n");
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(2)} %`;
}
