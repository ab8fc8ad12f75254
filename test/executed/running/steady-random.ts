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
  };

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
