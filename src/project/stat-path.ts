import { type Stats, statSync } from "node:fs";

/** What stands at a path, or undefined: nothing, a way through a file, no right to look. */
export function statPath(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
