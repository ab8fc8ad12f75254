import { existsSync } from "node:fs";
import { posix } from "node:path";
import type ts from "typescript";
import { findLineStarts, locate, type Span } from "../base/location.js";
import type { FilePath } from "../base/keys.js";
import type { ProjectProblem } from "../contracts/project.js";
import { configHost, safeRead } from "./config-host.js";
import { type Folder, problem } from "./folder.js";
import { parentOf } from "./ignored-files.js";
import { hasModules } from "./installed-modules.js";
import { relativePath } from "./relative-path.js";
import { statPath } from "./stat-path.js";
import type { TypeScript } from "./typescript-instance.js";
import type { Workspace } from "./workspace-packages.js";

/** One `tsconfig.json` (or `jsconfig.json`), with what it extends folded in. */
export interface Tsconfig {
  readonly path: FilePath;
  readonly directory: FilePath;
  readonly options: ts.CompilerOptions;
  /** The files it names, below the root. */
  readonly files: ReadonlySet<FilePath>;
  /** Lists other configs only: it governs no file itself. */
  readonly solution: boolean;
}

export interface Tsconfigs {
  readonly configs: readonly Tsconfig[];
  readonly problems: readonly ProjectProblem[];
  /** The config that a file belongs to: the nearest upwards that names it, else the nearest upwards. */
  ownerOf(path: FilePath): Tsconfig | undefined;
  /** Some config upwards has a say in which files of this folder are the project's. */
  governs(path: FilePath): boolean;
  /** Some config names the file. */
  names(path: FilePath): boolean;
}

/** Codes that mean a config could not be read; wrong option values leave the file list as it is. */
const brokenCodes = new Set([5083, 6053, 18000, 5012, 5014]);

/**
 * The configs of a folder: those named, or every `tsconfig.json` (a `jsconfig.json` where there is none beside
 * it), and those that they refer to. A broken one is a problem, and what could be read of it counts.
 */
export function readTsconfigs(
  ts: TypeScript,
  folder: Folder,
  named: readonly string[] | undefined,
  workspace: Workspace,
  isIgnored: (path: FilePath) => boolean,
): Tsconfigs {
  const problems: ProjectProblem[] = [];
  const configs = new Map<FilePath, Tsconfig>();
  const queue =
    named === undefined
      ? defaultConfigs(folder, isIgnored)
      : named.map((path) => relativePath(folder.root, path));
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (configs.has(path)) continue;
    if (!existsSync(`${folder.root}/${path}`)) {
      if (named !== undefined) problems.push(problem("broken-tsconfig", path, "no such file", true));
      continue;
    }
    const { config, references } = readTsconfig(ts, folder, workspace, path, problems);
    configs.set(path, config);
    queue.push(...references);
  }
  const sorted = [...configs.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { configs: sorted, problems, ...lookups(sorted) };
}

function lookups(configs: readonly Tsconfig[]): Pick<Tsconfigs, "ownerOf" | "governs" | "names"> {
  const byDirectory = new Map<FilePath, Tsconfig[]>();
  for (const config of configs)
    byDirectory.set(config.directory, [...(byDirectory.get(config.directory) ?? []), config]);
  const upwards = (path: FilePath): Tsconfig[] => {
    const found: Tsconfig[] = [];
    for (let directory = parentOf(path); ; directory = parentOf(directory)) {
      found.push(...(byDirectory.get(directory) ?? []));
      if (directory === "") return found;
    }
  };
  const owners = new Map<FilePath, Tsconfig | undefined>();
  return {
    ownerOf(path) {
      if (owners.has(path)) return owners.get(path);
      const near = upwards(path);
      const owner =
        near.find((config) => config.files.has(path)) ??
        configs.find((config) => config.files.has(path)) ??
        near.find((config) => !config.solution) ??
        near[0];
      owners.set(path, owner);
      return owner;
    },
    governs: (path) => upwards(path).some((config) => !config.solution),
    names: (path) => configs.some((config) => config.files.has(path)),
  };
}

function defaultConfigs(folder: Folder, isIgnored: (path: FilePath) => boolean): FilePath[] {
  return folder.paths.filter((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (name !== "tsconfig.json" && name !== "jsconfig.json") return false;
    if (name === "jsconfig.json" && folder.has(path.replace(/jsconfig\.json$/, "tsconfig.json")))
      return false;
    return !isIgnored(path);
  });
}

function readTsconfig(
  ts: TypeScript,
  folder: Folder,
  workspace: Workspace,
  path: FilePath,
  problems: ProjectProblem[],
): { config: Tsconfig; references: FilePath[] } {
  const absolute = `${folder.root}/${path}`;
  const directory = parentOf(path);
  const json = ts.parseJsonText(absolute, folder.read(path) ?? safeRead(absolute) ?? "{}");
  const isJsconfig = path.endsWith("jsconfig.json");
  const parsed = ts.parseJsonSourceFileConfigFileContent(
    json,
    configHost(ts, folder, workspace),
    posix.dirname(absolute),
    isJsconfig ? { allowJs: true } : undefined,
    absolute,
  );
  reportBroken(
    ts,
    folder,
    path,
    [
      ...(json as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics,
      ...parsed.errors,
    ],
    problems,
  );
  const files = new Set(
    parsed.fileNames.map((file) => relativePath(folder.root, file)).filter((file) => folder.has(file)),
  );
  const references = (parsed.projectReferences ?? [])
    .map((reference) => relativePath(folder.root, resolveReference(reference.path)))
    .filter((reference) => !reference.startsWith("../"));
  const config = {
    path,
    directory,
    options: parsed.options,
    files,
    solution: files.size === 0 && references.length > 0,
  };
  return { config, references };
}

function resolveReference(path: string): string {
  const isFolder = statPath(path)?.isDirectory() ?? false;
  return isFolder ? posix.join(path, "tsconfig.json") : path;
}

function reportBroken(
  ts: TypeScript,
  folder: Folder,
  path: FilePath,
  diagnostics: readonly ts.Diagnostic[],
  problems: ProjectProblem[],
): void {
  const seen = new Set<string>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.code >= 2000 && !brokenCodes.has(diagnostic.code)) continue;
    if (isUninstalled(folder, diagnostic)) continue;
    const text = ts
      .flattenDiagnosticMessageText(diagnostic.messageText, " ")
      .replaceAll(`${folder.root}/`, "");
    const file = diagnostic.file === undefined ? path : relativePath(folder.root, diagnostic.file.fileName);
    const [start, end] =
      diagnostic.start === undefined
        ? extendsSpan(folder.read(path) ?? "")
        : [diagnostic.start, diagnostic.start + (diagnostic.length ?? 0)];
    // What follows the first error of a file is usually its echo.
    if (seen.has(file)) continue;
    seen.add(file);
    const location = locate(file, findLineStarts(diagnostic.file?.text ?? folder.read(path) ?? ""), [
      start,
      end,
    ]);
    problems.push({ kind: "broken-tsconfig", location, subject: text, fatal: true });
  }
}

/** A base config that a package brings is missing with all other packages: `missing-node-modules` says that. */
function isUninstalled(folder: Folder, diagnostic: ts.Diagnostic): boolean {
  const [, quote] = /["']([^"']+)["']/.exec(diagnostic.file?.text.slice(diagnostic.start) ?? "") ?? [];
  return quote !== undefined && !/^[./]/.test(quote) && diagnostic.code === 6053 && !hasModules(folder.root);
}

/** A config that cannot be read is reported without a place: it is what `extends` names. */
function extendsSpan(text: string): Span {
  const match = /"extends"\s*:\s*/.exec(text);
  if (match === null) return [0, 0];
  const start = match.index + match[0].length;
  return [start, start + (/^(?:"[^"]*"|\[[^\]]*\])/.exec(text.slice(start))?.[0].length ?? 0)];
}
