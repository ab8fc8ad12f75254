/** Whether a fixture has left the worker as it was, so that the next one may run there. */

/** Turns of the event loop that are timed, and how long they may take together where nothing is left to do. */
const timedTurns = 20;
const mostMilliseconds = 4;

/**
 * What fixtures share in the worker. One that leaves loops that go on for ever, names on the global object or members
 * of built-in prototypes slows the next ones down many times over, and they would see what is not theirs.
 */
export class Surroundings {
  private readonly holders: readonly object[] = [globalThis, ...builtIns()];
  private readonly members = this.holders.map(membersOf);

  /** What a loop costs depends on the machine: where it is busy with other things, a worker is replaced for nothing. */
  async areAsBefore(): Promise<boolean> {
    return this.holdNothingNew() && (await isIdle());
  }

  holdNothingNew(): boolean {
    return this.holders.every((holder, index) => membersOf(holder) === this.members[index]);
  }
}

function builtIns(): object[] {
  return Object.getOwnPropertyNames(globalThis).flatMap((name): object[] => {
    const value = Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
    return typeof value === "function" ? [value, (value.prototype ?? {}) as object] : [];
  });
}

function membersOf(holder: object): number {
  return Object.getOwnPropertyNames(holder).length;
}

async function isIdle(): Promise<boolean> {
  const start = performance.now();
  for (let turn = 0; turn < timedTurns; turn++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  return performance.now() - start < mostMilliseconds;
}
