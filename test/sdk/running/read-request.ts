/** What a request says, however it is packed: compressed, percent-encoded, base64, quoted-printable. */
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

const unpackers: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

export function unpack(body: Buffer, encoding: string | undefined): Buffer {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  const unpacker = unpackers[encoding ?? ""] ?? (isGzip ? gunzipSync : undefined);
  return unpacker === undefined ? body : unpacker(body);
}

/** All readings of a text, in small letters, for tokens to be found in. */
export function readings(text: string): string {
  const joined = text.replaceAll(/=\r?\n/gu, "");
  const plain = [joined, percentDecoded(joined)];
  const encoded = plain.flatMap((each) => each.match(/[A-Za-z0-9+/_-]{16,}={0,2}/gu) ?? []);
  const lines = plain.flatMap(
    (each) => each.match(/(?:[A-Za-z0-9+/]{60,}\r?\n)+[A-Za-z0-9+/]+={0,2}/gu) ?? [],
  );
  return [...plain, ...[...encoded, ...lines].map((each) => Buffer.from(each, "base64").toString("latin1"))]
    .join("\n")
    .toLowerCase();
}

function percentDecoded(text: string): string {
  return text.replaceAll("+", " ").replaceAll(/(?:%[0-9a-f]{2})+/giu, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
