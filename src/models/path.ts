/** Reads access paths such as `Client.query`, `default()`, `PrismaClient.*.{create,update}`. */
import type { PathSegment } from "../contracts/model.js";
import { type Parsed, parsed, unreadable } from "./parsed.js";

const forms = ["Name", "Name.member", "Name.*", "**", "name()", "default", "Name.{a,b}", "Name['odd-name']"];

/** It stands for whatever the other paths of its package say nothing about. */
export function isRest({ path }: { readonly path: readonly PathSegment[] }): boolean {
  return path[0]?.kind === "rest";
}

/** Reads one path without alternatives. A `()` at its end is kept: `parsePath("default()")` has two segments. */
export function parsePath(text: string): Parsed<readonly PathSegment[]> {
  if (text === "**") return parsed([{ kind: "rest" }]);
  const segments: PathSegment[] = [];
  const token = /(?:^|\.)(\*|#?[\p{ID_Continue}$-]+)|\[(?:'([^']*)'|"([^"]*)"|(\*))\]|(\(\))/uy;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) return unreadable(text.slice(start), null, forms);
    const name = match[1] ?? match[2] ?? match[3];
    if (match[5] !== undefined) {
      if (segments.length === 0) return unreadable(text, `default${text}`, forms);
      segments.push({ kind: "result" });
    } else if (name === undefined || match[1] === "*") segments.push({ kind: "any" });
    else segments.push({ kind: "name", name });
  }
  return segments.length === 0 ? unreadable(text, null, forms) : parsed(segments);
}

/** Writes out alternatives: `{Pool,Client}.query` gives `Pool.query` and `Client.query`, in that order. */
export function expandAlternatives(text: string): string[] {
  const open = text.indexOf("{");
  if (open === -1) return [text];
  const close = text.indexOf("}", open);
  if (close === -1) return [text];
  const head = text.slice(0, open);
  const tails = expandAlternatives(text.slice(close + 1));
  const alternatives = text
    .slice(open + 1, close)
    .split(",")
    .map((part) => part.trim());
  return alternatives.flatMap((part) => tails.map((tail) => head + part + tail));
}
