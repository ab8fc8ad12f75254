/** Roles that tell in which state data is: encrypted, hashed, encoded, or plain again. */
import type { Address } from "../contracts/model.js";
import { address, addresses } from "./address-readers.js";
import { optional, required, word } from "./reader.js";
import { form } from "./role-form.js";

const strengths = [
  "strong",
  "weak",
  "encoding",
  "hash",
  "keyed-hash",
  "password-hash",
  "tokenisation",
] as const;

const returned: readonly Address[] = [{ root: { kind: "return" }, steps: [], text: "return" }];

export const sealingRoles = {
  encrypt: form(
    {
      input: required(addresses),
      output: optional(addresses, returned),
      strength: required(word(strengths)),
      algorithm: optional(address, null),
      key: optional(address, null),
      under: optional(address, null),
      iv: optional(address, null),
    },
    undefined,
    (values) => ({ kind: "encrypt", ...values }),
  ),
  decrypt: form({ input: required(addresses), output: optional(addresses, returned) }, "input", (values) => ({
    kind: "decrypt",
    ...values,
  })),
};
