import { asObject, type Manifest } from "./workspace-packages.js";

/**
 * The files that a sub-path of a package may lead to, as its manifest says, relative to the package.
 * `subpath` is `.` or `./name`. Conditions are not weighed: whichever of the targets has a source will do.
 */
export function packageTargets(manifest: Manifest, subpath: string): string[] {
  const { json } = manifest;
  const targets = json.exports === undefined ? [] : exportTargets(json.exports, subpath);
  if (subpath !== ".") return [...targets, subpath, ...typesVersions(json.typesVersions, subpath)];
  const fields = ["source", "types", "typings", "module", "main", "browser"].map((field) => json[field]);
  return [...targets, ...fields.filter((field): field is string => typeof field === "string")];
}

/** The targets of a `#name` import of the manifest: paths relative to the package, or other specifiers. */
export function importTargets(manifest: Manifest, specifier: string): string[] {
  return subpathTargets(asObject(manifest.json.imports), specifier);
}

function exportTargets(exports: unknown, subpath: string): string[] {
  const isMap = Object.keys(asObject(exports)).some((key) => key.startsWith("."));
  if (isMap) return subpathTargets(asObject(exports), subpath);
  return subpath === "." ? leaves(exports, "") : [];
}

/** Node's rule: an exact key, else the `*` pattern with the longest prefix. */
function subpathTargets(map: Readonly<Record<string, unknown>>, subpath: string): string[] {
  if (subpath in map) return leaves(map[subpath], "");
  const patterns = Object.keys(map)
    .filter((key) => key.includes("*"))
    .sort((a, b) => b.indexOf("*") - a.indexOf("*") || (a < b ? -1 : 1));
  for (const pattern of patterns) {
    const star = matchStar(pattern, subpath);
    if (star !== undefined) return leaves(map[pattern], star);
  }
  return [];
}

/** What `*` stands for when the pattern matches the text. */
export function matchStar(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === text ? "" : undefined;
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  if (text.length < prefix.length + suffix.length || !text.startsWith(prefix) || !text.endsWith(suffix))
    return undefined;
  return text.slice(prefix.length, text.length - suffix.length);
}

function leaves(target: unknown, star: string): string[] {
  if (typeof target === "string") return [target.replaceAll("*", () => star)];
  if (Array.isArray(target)) return target.flatMap((item) => leaves(item, star));
  return Object.values(asObject(target)).flatMap((item) => leaves(item, star));
}

function typesVersions(value: unknown, subpath: string): string[] {
  const name = subpath.replace(/^\.\//, "");
  return Object.values(asObject(value))
    .flatMap((map) => subpathTargets(asObject(map), name))
    .map((target) => `./${target.replace(/^\.\//, "")}`);
}
