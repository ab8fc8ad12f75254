import { createCipheriv, createDecipheriv, createHmac, randomBytes, type CipherGCM } from "node:crypto";
import { config } from "../config/index.js";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;

/** Encrypts one field; the text is `iv.tag.ciphertext`, each in base64url. */
export function seal(plain: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, config.FIELD_KEY, iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [iv, cipher.getAuthTag(), body].map((part) => part.toString("base64url")).join(".");
}

/** Reverses {@link seal}. */
export function open(sealed: string): string {
  const [iv, tag, body] = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!iv || !tag || !body) throw new TypeError("not a sealed value");
  const decipher = createDecipheriv(ALGORITHM, config.FIELD_KEY, iv);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}

/** Text from before the club encrypted anything is returned as it is. */
export function openIfSealed(text: string): string {
  return /^[\w-]{16}\.[\w-]{22}\.[\w-]*$/.test(text) ? open(text) : text;
}

export function sealOptional(plain: string | null | undefined): string | null {
  return plain == null ? null : seal(plain);
}

export function openOptional(sealed: string | null): string | null {
  return sealed === null ? null : open(sealed);
}

/**
 * Encrypts a whole file with the export key.
 * @encrypts
 */
export function sealBytes(plain: Buffer): Buffer {
  const { header, cipher } = exportCipher();
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([header, body, cipher.getAuthTag()]);
}

/** A cipher for streams. Keep `header`, and the tag once the stream has ended: both open the file. */
export function exportCipher(): { header: Buffer; cipher: CipherGCM } {
  const iv = randomBytes(IV_BYTES);
  return { header: iv, cipher: createCipheriv(ALGORITHM, config.EXPORT_KEY, iv) };
}

/** A key to find a row by, which nobody can compute without the secret. */
export function lookupKey(value: string): string {
  return createHmac("sha256", config.LOOKUP_KEY).update(value.replace(/\D/g, "")).digest("hex");
}
