/** What models say of calls that encrypt, hash or encode. */
import type { Address } from "./address.js";

type Strength = "strong" | "weak" | "encoding" | "hash" | "keyed-hash" | "password-hash" | "tokenisation";

export interface EncryptRole {
  readonly kind: "encrypt";
  readonly input: readonly Address[];
  readonly output: readonly Address[];
  readonly strength: Strength;
  readonly algorithm: Address | null;
  readonly key: Address | null;
  /** What the key is called where a service keeps it. */
  readonly under: Address | null;
  readonly iv: Address | null;
}
