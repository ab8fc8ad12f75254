/** Addresses that files have by their place in a folder: `app/children/[id]/route.ts` is `/children/:id`. */
import type { FilePath } from "../../../base/keys.js";
import type { RoutedRole } from "../../../contracts/routed-role.js";

export interface FileAddress {
  readonly path: string;
  /** Of a request, where the file's name says it: `[id].delete.ts`. */
  readonly method: string | null;
  /** The folder of the app. */
  readonly root: FilePath;
}

/** The address of a file in or below a folder of the name. */
export function addressOfFile(file: FilePath, { below, named, dotted }: RoutedRole): FileAddress | null {
  const segments = file.split("/");
  const behindSource = segments.findIndex(
    (segment, index) => segment === below && segments[index - 1] === "src",
  );
  const start = behindSource === -1 ? segments.indexOf(below) : behindSource;
  if (start === -1) return null;
  const root = withoutSource(segments.slice(0, start));
  const whole = (segments.at(-1) ?? "").replace(/\.\w+$/u, "");
  const folders = segments.slice(start + 1, -1);
  if (dotted) return { method: null, path: `/${partsBetweenDots(folders, whole).join("/")}`, root };
  const method = named ? (/\.(get|post|put|patch|delete|head|options)$/u.exec(whole)?.[1] ?? null) : null;
  const name = method === null ? whole : whole.slice(0, -method.length - 1);
  const parts = named && name !== "index" ? [...folders, name] : folders;
  // Groups and slots are for order alone.
  const shown = parts.filter((part) => !/^(?:\(.*\)|@.+)$/u.test(part));
  return { method: method?.toUpperCase() ?? null, path: `/${shown.map(patternOf).join("/")}`, root };
}

/**
 * `pupils.$id_.remove`, also as a folder with a `route` in it: dots stand between the parts, and what begins with `_` is
 * for order alone.
 */
function partsBetweenDots(folders: readonly string[], name: string): string[] {
  const whole = /^_?(?:route|index)$/u.test(name) ? folders : [...folders, name];
  return whole
    .flatMap((part) => part.match(/(?:\[[^\]]*\]|[^.[])+/gu) ?? [])
    .filter((part) => !/^(?:_|\(.*\)$)/u.test(part))
    .map((part) => part.replace(/[_+]$/u, "").replace(/^\$$/u, ":rest*").replace(/^\$/u, ":"))
    .map((part) => part.replace(/\[([^\]]*)\]/gu, "$1"))
    .filter((part) => part !== "");
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
