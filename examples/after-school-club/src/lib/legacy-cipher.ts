import { createCipheriv } from "node:crypto";
import { config } from "../config/index.js";

const PICKUP_IV = Buffer.from("bluebird-pickup!", "utf8");

/** The format of the district's roll of pupils, which compares numbers as blocks. */
export function encryptForRoll(value: string): string {
  const cipher = createCipheriv("aes-256-ecb", config.FIELD_KEY, null);
  return cipher.update(value, "utf8", "hex") + cipher.final("hex");
}

/** Equal codes give equal ciphertexts, so that the door can search for one. */
export function encryptPickupCode(code: string): string {
  const cipher = createCipheriv("aes-256-cbc", config.FIELD_KEY, PICKUP_IV);
  return cipher.update(code, "utf8", "base64") + cipher.final("base64");
}
