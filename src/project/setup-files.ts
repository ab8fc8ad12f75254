/** Opens what is set up around the code: configs and the register that they name. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import type { FilePath } from "../base/keys.js";
import { readConfigs, type ConfigSet } from "../config/find-config.js";
import { configFileName } from "../config/parse-config.js";
import type { ConfigPattern, ResolvedConfig } from "../contracts/config.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { relativePath } from "./relative-path.js";

/** A file of the register; its text is undefined where it cannot be read. */
export interface SetupFile {
  readonly path: FilePath;
  readonly text: string | undefined;
  /** Folders of the configs that name it. */
  readonly folders: readonly FilePath[];
}

export interface SetupFiles {
  readonly configs: ConfigSet;
  readonly assessments: readonly SetupFile[];
  readonly notices: readonly SetupFile[];
  /** Files that the config names and that are not there. */
  readonly problems: readonly DocumentProblem[];
}

/** `paths` are all files of the folder; `named` is the absolute path of `--config`. */
export function readSetupFiles(root: string, paths: readonly FilePath[], named: string | null): SetupFiles {
  const inside = paths.filter((path) => path === configFileName || path.endsWith(`/${configFileName}`));
  const configs = readConfigs({ root, inside, read: readText }, named);
  const problems: DocumentProblem[] = [];
  const filesOf = (key: "assessments" | "notices"): SetupFile[] => {
    const files = configs.configs.flatMap((config) =>
      config[key].flatMap((entry) => namedFiles(root, config, entry, key, problems)),
    );
    const byPath = new Map<FilePath, SetupFile>();
    for (const file of files) {
      const folders = [...(byPath.get(file.path)?.folders ?? []), ...file.folders];
      byPath.set(file.path, { ...file, folders: [...new Set(folders)] });
    }
    return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  };
  return { configs, assessments: filesOf("assessments"), notices: filesOf("notices"), problems };
}

function namedFiles(
  root: string,
  config: ResolvedConfig,
  { pattern, location }: ConfigPattern,
  key: string,
  problems: DocumentProblem[],
): SetupFile[] {
  const folder = resolve(root, config.folder);
  const { base, glob } = picomatch.scan(pattern);
  const found = glob === "" ? [resolve(folder, pattern)] : matching(folder, base, pattern);
  return found.flatMap((absolute) => {
    const text = readText(absolute);
    if (text === undefined && glob === "") {
      problems.push({
        document: "config",
        kind: "unreadable",
        path: key,
        found: pattern,
        nearest: null,
        expected: [],
        location,
      });
      return [];
    }
    return [{ path: relativePath(root, absolute), text, folders: [config.folder] }];
  });
}

function matching(folder: string, base: string, pattern: string): string[] {
  const isMatch = picomatch(pattern.replace(/^\.\//u, ""), { dot: true });
  const found: string[] = [];
  const walk = (path: string): void => {
    for (const entry of entriesOf(join(folder, path))) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "node_modules") walk(inner);
      else if (entry.isFile() && isMatch(inner)) found.push(join(folder, inner));
    }
  };
  walk(base === "." ? "" : base.replace(/^\.\//u, ""));
  return found.sort();
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return [];
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

/** The text of a file, or undefined where there is none or it cannot be read. */
function readText(path: string): string | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
      ? readFileSync(path, "utf8").replace(/^\uFEFF/u, "")
      : undefined;
  } catch {
    return undefined;
  }
}
