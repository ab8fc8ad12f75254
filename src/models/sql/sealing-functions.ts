/** Functions of databases that encrypt, hash or encode what they are given. */
import type { WeakReason } from "../../contracts/flow.js";

export interface SqlSeal {
  readonly makes: "ciphertext" | "keyed-hash" | "password-hash" | "hash" | "encoding";
  /** Which argument is sealed, and which is the key; null: none that the statement holds. */
  readonly data: number;
  readonly key: number | null;
  /** Why it does not protect, with fewer arguments than these. */
  readonly weak?: { readonly reason: WeakReason; readonly below: number };
}

const hash: SqlSeal = { makes: "hash", data: 0, key: null };
const encoding: SqlSeal = { makes: "encoding", data: 0, key: null };
const always = Infinity;

/** Functions that give back what one of the others has sealed. */
export const openingFunctions: ReadonlySet<string> = new Set([
  "pgp_sym_decrypt",
  "pgp_sym_decrypt_bytea",
  "pgp_pub_decrypt",
  "pgp_pub_decrypt_bytea",
  "decrypt",
  "decrypt_iv",
  "aes_decrypt",
  "des_decrypt",
  "decryptbykey",
  "decryptbycert",
  "decryptbyasymkey",
  "decryptbypassphrase",
]);

/** By name in lower case: pgcrypto, MySQL, T-SQL, SQLite's extensions. */
export const sealingFunctions: ReadonlyMap<string, SqlSeal> = new Map<string, SqlSeal>([
  ["pgp_sym_encrypt", { makes: "ciphertext", data: 0, key: 1 }],
  ["pgp_sym_encrypt_bytea", { makes: "ciphertext", data: 0, key: 1 }],
  ["pgp_pub_encrypt", { makes: "ciphertext", data: 0, key: null }],
  ["pgp_pub_encrypt_bytea", { makes: "ciphertext", data: 0, key: null }],
  ["encrypt_iv", { makes: "ciphertext", data: 0, key: 1 }],
  // Its initialisation vector is zero.
  ["encrypt", { makes: "ciphertext", data: 0, key: 1, weak: { reason: "constant-iv", below: always } }],
  ["hmac", { makes: "keyed-hash", data: 0, key: 1 }],
  ["crypt", { makes: "password-hash", data: 0, key: null }],
  ["digest", hash],
  // Without an initialisation vector it is ECB, unless the server is set up otherwise.
  ["aes_encrypt", { makes: "ciphertext", data: 0, key: 1, weak: { reason: "mode", below: 3 } }],
  ["des_encrypt", { makes: "ciphertext", data: 0, key: 1, weak: { reason: "algorithm", below: always } }],
  ["encryptbykey", { makes: "ciphertext", data: 1, key: null }],
  ["encryptbycert", { makes: "ciphertext", data: 1, key: null }],
  ["encryptbyasymkey", { makes: "ciphertext", data: 1, key: null }],
  ["encryptbypassphrase", { makes: "ciphertext", data: 1, key: 0 }],
  ["hashbytes", { makes: "hash", data: 1, key: null }],
  ["md5", hash],
  ["sha", hash],
  ["sha1", hash],
  ["sha2", hash],
  ["sha224", hash],
  ["sha256", hash],
  ["sha384", hash],
  ["sha512", hash],
  ["encode", encoding],
  ["to_base64", encoding],
  ["hex", encoding],
]);
