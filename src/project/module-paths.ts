import type { FilePath } from "../base/keys.js";

/** What a written extension may stand for, in the order TypeScript prefers. */
const substitutes: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".d.ts", ".js", ".jsx"],
  ".jsx": [".tsx", ".ts", ".d.ts", ".jsx"],
  ".mjs": [".mts", ".d.mts", ".mjs"],
  ".cjs": [".cts", ".d.cts", ".cjs"],
  ".ts": [".ts"],
  ".tsx": [".tsx"],
  ".mts": [".mts"],
  ".cts": [".cts"],
};
const added = [".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".cts", ".d.mts", ".d.cts", ".mjs", ".cjs"];

/** The files that a path in an import may mean, likeliest first. `path` has no `.` or `..` segments. */
export function pathCandidates(path: FilePath): FilePath[] {
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0];
  const stem = extension === undefined ? path : path.slice(0, -extension.length);
  const exact =
    extension === undefined ? [] : (substitutes[extension] ?? []).map((substitute) => stem + substitute);
  const index = path === "" ? "index" : `${path}/index`;
  return [
    ...(path.endsWith(".json") ? [path] : []),
    ...exact,
    ...(path === "" ? [] : added.map((suffix) => path + suffix)),
    ...added.map((suffix) => index + suffix),
  ];
}

/**
 * Joins and normalises; undefined where the result leaves the root.
 * `joinPath("src/a", "../b")` is `src/b`, `joinPath("", ".")` is the root `""`.
 */
export function joinPath(directory: FilePath, path: string): FilePath | undefined {
  const segments = directory === "" ? [] : directory.split("/");
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

const outputSegments = new Set([
  "dist",
  "build",
  "lib",
  "out",
  "output",
  "es",
  "esm",
  "cjs",
  "types",
  "typings",
  "umd",
  "_esm",
  "_cjs",
  "dist-cjs",
  "dist-es",
  "dist-types",
  "module",
  "node",
  "browser",
  "src",
  "source",
]);

/**
 * Where the source of a built file of a package may stand: `dist/esm/db.d.ts` gives `src/db`, `db`…
 * `outDirectory` is the package's configured one, if any. Paths are relative to the package.
 */
export function sourceCandidates(target: string, outDirectory: string | undefined): string[] {
  const stem = target.replace(/^\.\//, "").replace(/(?:\.d)?(?:\.min)?\.[cm]?[jt]sx?$/, "");
  const candidates: string[] = [];
  if (outDirectory !== undefined && outDirectory !== "" && stem.startsWith(`${outDirectory}/`)) {
    const rest = stem.slice(outDirectory.length + 1);
    candidates.push(`src/${rest}`, rest);
  }
  const segments = stem.split("/");
  for (let drop = 1; drop < segments.length && outputSegments.has(segments[drop - 1] ?? ""); drop++) {
    const rest = segments.slice(drop).join("/");
    candidates.push(`src/${rest}`, `source/${rest}`, `lib/${rest}`, rest);
  }
  candidates.push(`src/${stem}`, stem);
  return [...new Set(candidates)];
}
