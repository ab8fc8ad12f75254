/** The bytes of chance that a fixture gets: the same in every run, so that no cipher text looks like data by chance. */
import * as crypto from "node:crypto";

type Callback = (error: null, bytes: Buffer) => void;

export class SteadyRandom {
  private given = 0;

  /** `node:crypto` with bytes that depend only on how many were asked for before. */
  readonly crypto = {
    ...crypto,
    randomBytes: (size: number, callback?: Callback): Buffer | undefined => {
      const bytes = this.bytes(size);
      if (callback === undefined) return bytes;
      callback(null, bytes);
      return undefined;
    },
    randomFillSync: (target: Uint8Array): Uint8Array => {
      target.set(this.bytes(target.length));
      return target;
    },
    randomUUID: (): string => {
      const hex = this.bytes(16).toString("hex");
      return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/u, "$1-$2-4$3-a$4-$5");
    },
    randomInt: (first: number, second?: number): number => {
      const [low, high] = second === undefined ? [0, first] : [first, second];
      return low + Math.floor(this.share() * (high - low));
    },
  };

  /** `Math` with numbers of chance that are the same in every run. */
  readonly math: Math = Object.assign(Object.create(Math) as Math, { random: () => this.share() });

  /** At least 0 and less than 1. */
  private share(): number {
    return this.bytes(4).readUInt32BE() / 2 ** 32;
  }

  private bytes(size: number): Buffer {
    const parts: Buffer[] = [];
    for (let length = 0; length < size; length += 32)
      parts.push(
        crypto
          .createHash("sha256")
          .update(`bytes ${String(this.given++)}`)
          .digest(),
      );
    return Buffer.concat(parts).subarray(0, size);
  }
}
