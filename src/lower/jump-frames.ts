/** What `break`, `continue` and `return` leave on their way: loops, labelled blocks, and `finally` bodies. */
import type { FunctionBuilder } from "./function-builder.js";
import type { OpenBlock, Region } from "./open-block.js";

interface Breakable {
  readonly kind: "breakable";
  readonly labels: readonly string[];
  readonly break: OpenBlock;
  readonly continue: OpenBlock | null;
  /** A loop or switch: `break` without a label means it. */
  readonly plain: boolean;
}

interface Finally {
  readonly kind: "finally";
  /** Lowers the body once more. */
  readonly lower: () => void;
  /** What guards the `finally` body itself. */
  readonly region: Region | null;
}

type Frame = Breakable | Finally;

export class JumpFrames {
  private frames: readonly Frame[] = [];
  /** Labels that stand before the statement to come. */
  private labels: string[] = [];

  constructor(private readonly builder: FunctionBuilder) {}

  addLabel(label: string): void {
    this.labels.push(label);
  }

  takeLabels(): string[] {
    const taken = this.labels;
    this.labels = [];
    return taken;
  }

  within(frame: Frame, lower: () => void): void {
    const outer = this.frames;
    this.frames = [...outer, frame];
    lower();
    this.frames = outer;
  }

  /** Leaves for the target of a `break` or `continue`, through the `finally` bodies between. */
  jump(kind: "break" | "continue", label: string | null): void {
    for (let index = this.frames.length - 1; index >= 0; index--) {
      const frame = this.frames[index];
      if (frame?.kind !== "breakable") continue;
      const target = kind === "break" ? frame.break : frame.continue;
      const meant = label === null ? frame.plain && target !== null : frame.labels.includes(label);
      if (!meant || target === null) continue;
      this.unwind(index + 1);
      this.builder.jump(target);
      return;
    }
    // A jump without a target is a syntax error, and does nothing here: the rest of the file still counts.
  }

  /** Runs every `finally` body of the function, innermost first, as `return` does. */
  leaveFunction(): void {
    this.unwind(0);
  }

  private unwind(depth: number): void {
    const saved = this.frames;
    const region = this.builder.region;
    for (let index = saved.length - 1; index >= depth && this.builder.reachable; index--) {
      const frame = saved[index];
      if (frame?.kind !== "finally") continue;
      this.frames = saved.slice(0, index);
      this.continueUnder(frame.region);
      frame.lower();
    }
    this.frames = saved;
    this.builder.region = region;
  }

  /** Starts a block outside the regions that are left. */
  private continueUnder(region: Region | null): void {
    if (this.builder.region === region) return;
    const next = this.builder.newBlock();
    this.builder.jump(next);
    this.builder.region = region;
    this.builder.enter(next);
  }
}
