import picomatch from "picomatch";
import { parse as parseYaml } from "yaml";
import type { FilePath } from "../base/keys.js";
import type { Folder } from "./folder.js";
import { parentOf } from "./ignored-files.js";

/** The parts of a `package.json` that say where imports lead. */
export interface Manifest {
  /** Folder of the manifest, `""` at the root. */
  readonly directory: FilePath;
  readonly name: string | undefined;
  /** `exports`, `imports`, `source`, `types`, `module`, `main`… as parsed. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Workspace {
  /** Every manifest of the folder, by its directory. */
  readonly manifests: ReadonlyMap<FilePath, Manifest>;
  /** Packages that an import can name, by name. */
  readonly packages: ReadonlyMap<string, Manifest>;
  /** The manifest that governs a file: the nearest one upwards. */
  manifestOf(path: FilePath): Manifest | undefined;
}

/**
 * The packages of a folder. Where a workspace is declared (npm, yarn, pnpm, lerna), its members count, and
 * what a manifest names by `file:`, `link:` or `workspace:`; where none is, every named manifest does.
 */
export function readWorkspace(folder: Folder): Workspace {
  const manifests = new Map<FilePath, Manifest>();
  for (const path of folder.paths) {
    if (path !== "package.json" && !path.endsWith("/package.json")) continue;
    const json = parseObject(folder.read(path));
    const directory = parentOf(path);
    manifests.set(directory, {
      directory,
      name: typeof json.name === "string" ? json.name : undefined,
      json,
    });
  }
  const packages = new Map<string, Manifest>();
  const isMember = membership(folder, manifests);
  for (const manifest of manifests.values()) {
    if (manifest.name !== undefined && !packages.has(manifest.name) && isMember(manifest))
      packages.set(manifest.name, manifest);
  }
  const manifestOf = (path: FilePath): Manifest | undefined => {
    for (let directory = parentOf(path); ; directory = parentOf(directory)) {
      const manifest = manifests.get(directory);
      if (manifest !== undefined || directory === "") return manifest;
    }
  };
  return { manifests, packages, manifestOf };
}

function membership(
  folder: Folder,
  manifests: ReadonlyMap<FilePath, Manifest>,
): (manifest: Manifest) => boolean {
  const patterns: string[] = [];
  for (const manifest of manifests.values())
    patterns.push(...patternsBelow(manifest.directory, workspacePatterns(manifest.json.workspaces)));
  for (const path of folder.paths) {
    if (/(?:^|\/)pnpm-workspace\.yaml$/.test(path))
      patterns.push(...patternsBelow(parentOf(path), yamlPackages(folder.read(path))));
    if (/(?:^|\/)lerna\.json$/.test(path))
      patterns.push(
        ...patternsBelow(parentOf(path), workspacePatterns(parseObject(folder.read(path)).packages)),
      );
  }
  if (patterns.length === 0) return () => true;
  const included = picomatch(patterns.filter((pattern) => !pattern.startsWith("!")));
  const excluded = picomatch(
    patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
  );
  const linked = linkedNames(manifests);
  return ({ directory, name }) =>
    directory === "" ||
    (included(directory) && !excluded(directory)) ||
    (name !== undefined && linked.has(name));
}

function patternsBelow(directory: FilePath, patterns: readonly string[]): string[] {
  return patterns.map((pattern) => {
    const negated = pattern.startsWith("!");
    const bare = pattern
      .replace(/^!/, "")
      .replace(/^\.?\//, "")
      .replace(/\/$/, "");
    return `${negated ? "!" : ""}${directory === "" ? "" : `${directory}/`}${bare}`;
  });
}

function workspacePatterns(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === "string");
  if (typeof value === "object" && value !== null && "packages" in value)
    return workspacePatterns(value.packages);
  return [];
}

function yamlPackages(text: string | undefined): string[] {
  try {
    const parsed: unknown = parseYaml(text ?? "");
    return typeof parsed === "object" && parsed !== null && "packages" in parsed
      ? workspacePatterns(parsed.packages)
      : [];
  } catch {
    return [];
  }
}

function linkedNames(manifests: ReadonlyMap<FilePath, Manifest>): Set<string> {
  const names = new Set<string>();
  for (const { json } of manifests.values()) {
    for (const key of dependencyKeys) {
      for (const [name, range] of Object.entries(asObject(json[key]))) {
        if (typeof range === "string" && /^(?:file|link|portal|workspace):/.test(range)) names.add(name);
      }
    }
  }
  return names;
}

const dependencyKeys = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

/** Names of the packages that a manifest declares a need of. */
export function dependenciesOf(manifest: Manifest): Set<string> {
  return new Set(dependencyKeys.flatMap((key) => Object.keys(asObject(manifest.json[key]))));
}

/** A JSON object's properties; nothing for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}
