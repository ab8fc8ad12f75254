/** Which config rules a file: the nearest one upwards, without merging. */
import type { FilePath } from "../base/keys.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { configFileName, defaultConfig, parseConfig, type ConfigPlace } from "./parse-config.js";

/** How configs are reached; `project` implements it, since nothing else opens files. */
export interface ConfigSource {
  /** Absolute path of the analysed folder, with `/`. */
  readonly root: string;
  /** Paths of the configs in the analysed folder, relative to it, sorted. */
  readonly inside: readonly FilePath[];
  /** The text of a file by its absolute path, or undefined where there is none. */
  read(absolutePath: string): string | undefined;
}

/** All configs that have a say in a folder. */
export interface ConfigSet {
  /** The deepest first, so that the first that holds a file rules it; the default one last. */
  readonly configs: readonly ResolvedConfig[];
  readonly problems: readonly DocumentProblem[];
  configOf(file: FilePath): ResolvedConfig;
}

/** Finds the configs of a folder: those in it and the nearest above; or the one that was named (`--config`). */
export function readConfigs(source: ConfigSource, named: string | null): ConfigSet {
  const places =
    named === null
      ? [...source.inside.map(placeInside), ...placeAbove(source)]
      : [placeNamed(named, source.root)];
  const problems: DocumentProblem[] = [];
  const configs: ResolvedConfig[] = [];
  for (const place of places) {
    const text = source.read(absolute(source.root, place.file));
    if (text === undefined) {
      if (named !== null) problems.push(unreadable(place.file));
      continue;
    }
    const parsed = parseConfig(text, place);
    configs.push(parsed.config);
    problems.push(...parsed.problems);
  }
  configs.sort((a, b) => depthOf(b) - depthOf(a));
  if (!configs.some((config) => rulesRoot(config))) configs.push(defaultConfig());
  const last = configs.at(-1) ?? defaultConfig();
  return { configs, problems, configOf: (file) => configs.find((config) => isRuledBy(file, config)) ?? last };
}

function isRuledBy(file: FilePath, config: ResolvedConfig): boolean {
  return rulesRoot(config) || file.startsWith(`${config.folder}/`);
}

function rulesRoot(config: ResolvedConfig): boolean {
  return config.folder === "" || config.folder.startsWith("..");
}

function depthOf(config: ResolvedConfig): number {
  return rulesRoot(config) ? (config.folder === "" ? 0 : -1) : config.folder.split("/").length;
}

function placeInside(file: FilePath): ConfigPlace {
  return { file, folder: file.slice(0, Math.max(0, file.lastIndexOf("/"))), inside: "" };
}

/** The nearest config above the analysed folder, unless the folder has its own. */
function placeAbove(source: ConfigSource): ConfigPlace[] {
  if (source.inside.includes(configFileName)) return [];
  const names = source.root.split("/");
  for (let up = 1; up < names.length; up++) {
    const folder = names.slice(0, -up).join("/");
    if (source.read(`${folder}/${configFileName}`) === undefined) continue;
    const steps = Array.from({ length: up }, () => "..").join("/");
    return [{ file: `${steps}/${configFileName}`, folder: steps, inside: names.slice(-up).join("/") }];
  }
  return [];
}

/**
 * A config that was named rules everything. Its patterns are relative to its own folder where that holds the
 * analysed one and it has the usual name, or lies inside it; else, a config kept apart from the code, to the
 * analysed folder.
 */
function placeNamed(named: string, root: string): ConfigPlace {
  const folder = named.slice(0, Math.max(0, named.lastIndexOf("/")));
  const name = named.slice(folder.length + 1);
  if (root.startsWith(`${folder}/`) && name === configFileName) {
    const inside = root.slice(folder.length + 1);
    const steps = inside
      .split("/")
      .map(() => "..")
      .join("/");
    return { file: `${steps}/${name}`, folder: steps, inside };
  }
  return { file: folder === root ? name : relativePath(root, named), folder: "", inside: "" };
}

function relativePath(root: string, path: string): string {
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  const from = root.split("/");
  const to = path.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

function absolute(root: string, file: FilePath): string {
  const names = root.split("/");
  for (const step of file.split("/")) {
    if (step === "..") names.pop();
    else names.push(step);
  }
  return names.join("/");
}

function unreadable(file: FilePath): DocumentProblem {
  return {
    document: "config",
    kind: "unreadable",
    path: "",
    found: "no such file",
    nearest: null,
    expected: [],
    location: { file, line: 1, column: 1 },
  };
}
