/** A certificate for one run, which only this process trusts, by not asking. */
import { createSign, generateKeyPairSync } from "node:crypto";

export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = tagged(0x30, objectId("2a864886f70d01010b"), Buffer.from([0x05, 0x00]));
  const name = tagged(
    0x30,
    tagged(0x31, tagged(0x30, objectId("550403"), tagged(0x0c, Buffer.from("recorder")))),
  );
  const time = (text: string): Buffer => tagged(0x18, Buffer.from(text));
  const content = tagged(
    0x30,
    tagged(0x02, Buffer.from([1])),
    algorithm,
    name,
    tagged(0x30, time("20200101000000Z"), time("20991231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("sha256").update(content).sign(privateKey);
  const certificate = tagged(
    0x30,
    content,
    algorithm,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = certificate.toString("base64").replaceAll(/.{64}/gu, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}
