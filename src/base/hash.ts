import { createHash } from "node:crypto";

/** A stable hash of several texts: hexadecimal, of the wanted length. Parts never run into each other. */
export function hashParts(parts: readonly string[], length = 64): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${String(part.length)}:`).update(part);
  return hash.digest("hex").slice(0, length);
}
