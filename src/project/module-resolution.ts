import { builtinModules } from "node:module";
import type { FilePath } from "../base/keys.js";
import { parentOf } from "./ignored-files.js";
import { joinPath, pathCandidates, sourceCandidates } from "./module-paths.js";
import { importTargets, matchStar, packageTargets } from "./package-targets.js";
import type { ModuleTarget } from "./project.js";
import { relativePath } from "./relative-path.js";
import type { Tsconfig, Tsconfigs } from "./tsconfigs.js";
import type { Manifest, Workspace } from "./workspace-packages.js";

const builtins = new Set(builtinModules);
const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-zA-Z0-9~_-][\w.~-]*(?:\/.*)?$/;
/** Bundlers' customary names for the source folder, tried where no config explains them. */
const customaryAlias = /^[@~]\/(.+)$/;

export interface ModuleResolution {
  /** For data flow: the file whose code runs. */
  moduleOf(from: FilePath, specifier: string): ModuleTarget;
  /** For types: a declaration file counts before the script it describes. */
  typesOf(from: FilePath, specifier: string): FilePath | undefined;
}

export interface ResolutionInput {
  readonly root: string;
  readonly files: ReadonlySet<FilePath>;
  readonly tsconfigs: Tsconfigs;
  readonly workspace: Workspace;
  /** Folders that a generator fills (`prisma generate`), with the package that it stands for. */
  readonly generated: ReadonlyMap<FilePath, string>;
}

/** Resolution over the project's own files; nothing is looked up in `node_modules`. */
export function createModuleResolution(input: ResolutionInput): ModuleResolution {
  const cache = new Map<FilePath, Map<string, ModuleTarget>>();
  const typesOf = (from: FilePath, specifier: string): FilePath | undefined => {
    const target = cachedResolve(from, specifier);
    return target !== null && "file" in target ? target.file : undefined;
  };
  function cachedResolve(from: FilePath, specifier: string): ModuleTarget {
    const folder = parentOf(from);
    let known = cache.get(folder);
    if (known === undefined) cache.set(folder, (known = new Map<string, ModuleTarget>()));
    let target = known.get(specifier);
    if (target === undefined) known.set(specifier, (target = resolve(input, from, specifier)));
    return target;
  }
  const code = new Map<FilePath, ModuleTarget>();
  return {
    typesOf,
    moduleOf(from, specifier) {
      const target = cachedResolve(from, specifier);
      if (target === null || !("file" in target)) return target;
      let found = code.get(target.file);
      if (found === undefined) code.set(target.file, (found = { file: codeOf(input.files, target.file) }));
      return found;
    },
  };
}

function resolve(input: ResolutionInput, from: FilePath, specifier: string): ModuleTarget {
  if (isRelative(specifier)) return relativeTarget(input, from, specifier);
  for (const target of aliasTargets(input, from, specifier)) {
    const found = typeof target === "string" ? resolve(input, from, target) : fileAt(input, target.path);
    if (found !== null) return found;
  }
  const own = workspaceTarget(input, specifier);
  if (own !== undefined) return { file: own };
  if (specifier.startsWith("node:")) return { module: specifier };
  if (builtins.has(specifier)) return { module: `node:${specifier}` };
  const based = baseTarget(input, from, specifier);
  if (based !== null) return based;
  return foreignModule(specifier);
}

function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier) || specifier.startsWith("/");
}

function relativeTarget(input: ResolutionInput, from: FilePath, specifier: string): ModuleTarget {
  const plain = specifier.replace(/[?#].*$/, "");
  const path = plain.startsWith("/") ? insideRoot(input.root, plain) : joinPath(parentOf(from), plain);
  if (path === undefined) return null;
  const found = fileAt(input, path);
  if (found !== null) return found;
  return rootDirsTarget(input, from, path);
}

function insideRoot(root: string, path: string): FilePath | undefined {
  const relative = relativePath(root, path);
  return relative.startsWith("../") ? joinPath("", path) : relative;
}

function rootDirsTarget(input: ResolutionInput, from: FilePath, path: FilePath): ModuleTarget {
  const directories = (input.tsconfigs.ownerOf(from)?.options.rootDirs ?? []).map((directory) =>
    relativePath(input.root, directory),
  );
  for (const home of directories) {
    if (!path.startsWith(`${home}/`)) continue;
    for (const other of directories) {
      const found = fileAt(input, `${other}/${path.slice(home.length + 1)}`);
      if (found !== null) return found;
    }
  }
  return null;
}

function fileAt(input: ResolutionInput, path: FilePath): ModuleTarget {
  for (const [directory, module] of input.generated) {
    if (path === directory || path.startsWith(`${directory}/`)) return { module };
  }
  const file = findFile(input, path);
  return file === undefined ? null : { file };
}

function findFile(input: ResolutionInput, path: FilePath): FilePath | undefined {
  for (const candidate of pathCandidates(path)) if (input.files.has(candidate)) return candidate;
  const manifest = input.workspace.manifests.get(path);
  return manifest === undefined ? undefined : packageFile(input, manifest, ".");
}

type AliasTarget = string | { readonly path: FilePath };

/** What `paths` of the file's config and `imports` of its manifest make of a specifier. */
function aliasTargets(input: ResolutionInput, from: FilePath, specifier: string): AliasTarget[] {
  const config = input.tsconfigs.ownerOf(from);
  const targets: AliasTarget[] = config === undefined ? [] : pathTargets(input.root, config, specifier);
  if (!specifier.startsWith("#")) return targets;
  const manifest = input.workspace.manifestOf(from);
  if (manifest === undefined) return targets;
  for (const target of importTargets(manifest, specifier)) {
    if (!target.startsWith(".")) targets.push(target);
    else
      for (const candidate of [target, ...sourceCandidates(target, outDirectoryOf(input, manifest))]) {
        const path = joinPath(manifest.directory, candidate);
        if (path !== undefined) targets.push({ path });
      }
  }
  return targets;
}

function pathTargets(root: string, config: Tsconfig, specifier: string): AliasTarget[] {
  const { paths, baseUrl } = config.options;
  if (paths === undefined) return [];
  const base =
    baseUrl ?? (config.options.pathsBasePath as string | undefined) ?? `${root}/${config.directory}`;
  const patterns = Object.keys(paths).sort((a, b) => prefixLength(b) - prefixLength(a));
  for (const pattern of patterns) {
    const star = matchStar(pattern, specifier);
    if (star === undefined) continue;
    return (paths[pattern] ?? []).flatMap((target) => {
      const path = joinPath(
        "",
        relativePath(
          root,
          absolute(
            base,
            target.replace("*", () => star),
          ),
        ),
      );
      return path === undefined ? [] : [{ path }];
    });
  }
  return [];
}

function prefixLength(pattern: string): number {
  return pattern.includes("*") ? pattern.indexOf("*") : Number.MAX_SAFE_INTEGER;
}

function absolute(base: string, path: string): string {
  return path.startsWith("/") ? path : `${base}/${path}`;
}

function workspaceTarget(input: ResolutionInput, specifier: string): FilePath | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const manifest = input.workspace.packages.get(name);
  if (manifest === undefined) return undefined;
  return packageFile(input, manifest, specifier === name ? "." : `.${specifier.slice(name.length)}`);
}

/** The source file of a package's sub-path: what the manifest names, or the source it was built from. */
function packageFile(input: ResolutionInput, manifest: Manifest, subpath: string): FilePath | undefined {
  const outDirectory = outDirectoryOf(input, manifest);
  const targets = packageTargets(manifest, subpath);
  const at = (path: string): FilePath | undefined => {
    const joined = joinPath(manifest.directory, path);
    return joined === undefined
      ? undefined
      : pathCandidates(joined).find((candidate) => input.files.has(candidate));
  };
  const exact = targets.map(at).filter((file) => file !== undefined);
  const source = exact.find((file) => !isDeclaration(file));
  if (source !== undefined) return source;
  for (const target of targets) {
    for (const candidate of sourceCandidates(target, outDirectory)) {
      const file = at(candidate);
      if (file !== undefined) return file;
    }
  }
  if (exact[0] !== undefined) return exact[0];
  return subpath === "."
    ? ["src/index", "index", "src/main", "src", "lib/index", "main"]
        .map(at)
        .find((file) => file !== undefined)
    : undefined;
}

function outDirectoryOf(input: ResolutionInput, manifest: Manifest): string | undefined {
  const config = input.tsconfigs.configs.find(
    (candidate) => candidate.directory === manifest.directory && candidate.options.outDir !== undefined,
  );
  if (config?.options.outDir === undefined) return undefined;
  const directory = `${input.root}${manifest.directory === "" ? "" : `/${manifest.directory}`}`;
  return relativePath(directory, config.options.outDir);
}

function isDeclaration(path: FilePath): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}

function codeOf(files: ReadonlySet<FilePath>, path: FilePath): FilePath {
  if (!isDeclaration(path)) return path;
  const stem = path.replace(/\.d\.[cm]?ts$/, "");
  return (
    [".js", ".jsx", ".mjs", ".cjs"]
      .map((extension) => stem + extension)
      .find((candidate) => files.has(candidate)) ?? path
  );
}

/** `baseUrl`, and what plain JavaScript projects do without saying so: from the package's root, or `@/` for its sources. */
function baseTarget(input: ResolutionInput, from: FilePath, specifier: string): ModuleTarget {
  const bases: FilePath[] = [];
  const baseUrl = input.tsconfigs.ownerOf(from)?.options.baseUrl;
  if (baseUrl !== undefined) bases.push(relativePath(input.root, baseUrl));
  const home = input.workspace.manifestOf(from)?.directory ?? "";
  const alias = customaryAlias.exec(specifier)?.[1];
  if (alias !== undefined) {
    for (const base of ["src", "", "app"]) bases.push([home, base].filter((part) => part !== "").join("/"));
    return firstFile(input, bases, alias);
  }
  if (specifier.startsWith("src/")) bases.push(home);
  return firstFile(input, bases, specifier);
}

function firstFile(input: ResolutionInput, bases: readonly FilePath[], path: string): ModuleTarget {
  for (const base of bases) {
    const joined = joinPath(base.startsWith("../") ? "" : base, path);
    const found = joined === undefined || base.startsWith("../") ? null : fileAt(input, joined);
    if (found !== null) return found;
  }
  return null;
}

/** `npm:pg`, `npm:lodash/get`; Deno's `npm:pg@8` and `jsr:@std/fs`; bundlers' and runtimes' own schemes as they are. */
function foreignModule(specifier: string): ModuleTarget {
  if (/^\.prisma\/client(?:\/|$)/.test(specifier)) return { module: "npm:@prisma/client" };
  if (specifier.startsWith("npm:"))
    return { module: `npm:${specifier.slice(4).replace(/^((?:@[^/]+\/)?[^/@]+)@[^/]*/, "$1")}` };
  if (/^[a-z][a-z0-9+.-]*:/.test(specifier)) return { module: specifier };
  return packageName.test(specifier) ? { module: `npm:${specifier}` } : null;
}
