import { posix } from "node:path";
import type { FilePath } from "../base/keys.js";

/** A path as seen from the root, with `/`; `""` for the root itself, `../…` outside of it. */
export function relativePath(root: string, path: string): FilePath {
  const unified = path.replaceAll("\\", "/");
  if (unified === root || unified === `${root}/`) return "";
  if (unified.startsWith(`${root}/`))
    return posix.normalize(unified.slice(root.length + 1)).replace(/\/$/, "");
  return posix.isAbsolute(unified)
    ? posix.relative(root, unified)
    : posix.normalize(unified).replace(/\/$/, "");
}
