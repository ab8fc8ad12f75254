/** Milliseconds a phase of a run; a phase inside another is counted once, as its own. */
export class Stopwatch<Phase extends string> {
  readonly milliseconds: Record<Phase, number>;
  private current: Phase | null = null;
  private since = performance.now();

  constructor(
    phases: readonly Phase[],
    private readonly onPhase: ((phase: Phase) => void) | undefined,
  ) {
    this.milliseconds = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  }

  /** Ends the phase that runs and starts another. */
  start(phase: Phase): void {
    this.switchTo(phase);
    this.onPhase?.(phase);
  }

  stop(): void {
    this.switchTo(null);
  }

  /** Work that belongs to another phase than the one that runs. */
  within<T>(phase: Phase, work: () => T): T {
    const outer = this.current;
    this.switchTo(phase);
    try {
      return work();
    } finally {
      this.switchTo(outer);
    }
  }

  private switchTo(phase: Phase | null): void {
    const now = performance.now();
    if (this.current !== null) this.milliseconds[this.current] += now - this.since;
    this.current = phase;
    this.since = now;
  }
}
