/** Timers that run in the order of their delay, without waiting. */
export class Timers {
  private waiting: { at: number; run: () => void }[] = [];

  readonly set = (run: (...given: unknown[]) => void, delay = 0, ...given: unknown[]): number => {
    this.waiting.push({
      at: delay,
      run: () => {
        run(...given);
      },
    });
    return this.waiting.length;
  };

  readonly setImmediate = (run: (...given: unknown[]) => void, ...given: unknown[]): number =>
    this.set(run, 0, ...given);

  /** Runs one timer; false if there is none. */
  next(): boolean {
    this.waiting.sort((a, b) => a.at - b.at);
    const timer = this.waiting.shift();
    timer?.run();
    return timer !== undefined;
  }
}
