/** Addresses that files have by their place in a folder: `app/children/[id]/route.ts` is `/children/:id`. */
import type { FilePath } from "../../../base/keys.js";

export interface FileAddress {
  readonly path: string;
  /** Of a request, where the file's name says it: `[id].delete.ts`. */
  readonly method: string | null;
  /** The folder of the app. */
  readonly root: FilePath;
}

/** The address of a file in or below a folder of the name; `isNamed`: with the file's own name. */
export function addressOfFile(file: FilePath, below: string, isNamed: boolean): FileAddress | null {
  const segments = file.split("/");
  const behindSource = segments.findIndex(
    (segment, index) => segment === below && segments[index - 1] === "src",
  );
  const start = behindSource === -1 ? segments.indexOf(below) : behindSource;
  if (start === -1) return null;
  const whole = (segments.at(-1) ?? "").replace(/\.\w+$/u, "");
  const method = isNamed ? (/\.(get|post|put|patch|delete|head|options)$/u.exec(whole)?.[1] ?? null) : null;
  const name = method === null ? whole : whole.slice(0, -method.length - 1);
  const folders = segments.slice(start + 1, -1);
  const parts = isNamed && name !== "index" ? [...folders, name] : folders;
  // Groups and slots are for order alone.
  const shown = parts.filter((part) => !/^(?:\(.*\)|@.+)$/u.test(part));
  return {
    method: method?.toUpperCase() ?? null,
    path: `/${shown.map(patternOf).join("/")}`,
    root: withoutSource(segments.slice(0, start)),
  };
}

/** The folder of the app that a file stands at the top of. */
export function rootOf(file: FilePath): FilePath {
  return withoutSource(file.split("/").slice(0, -1));
}

function withoutSource(folders: readonly string[]): FilePath {
  return (folders.at(-1) === "src" ? folders.slice(0, -1) : folders).join("/");
}

/** `[id]`, `[...path]`, `[[...path]]` */
function patternOf(part: string): string {
  return part
    .replace(/^\[\[\.\.\.(.+)\]\]$/u, ":$1*")
    .replace(/^\[\.\.\.(.+)\]$/u, ":$1+")
    .replace(/^\[(.+)\]$/u, ":$1");
}
