import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { ProjectFile, ProjectProblem } from "../contracts/project.js";
import { type FileRoles, sortFiles } from "./file-roles.js";
import { folderProblems, importProblems, sortProblems, syntaxProblems } from "./find-problems.js";
import { fileSizeLimit, type Folder, problem } from "./folder.js";
import { parentOf, readGitIgnore } from "./ignored-files.js";
import type { LibraryFiles } from "./library-files.js";
import { joinPath } from "./module-paths.js";
import { createModuleResolution, type ModuleResolution } from "./module-resolution.js";
import { createOwnProgram, type SourceFileCache, standInModule } from "./own-program.js";
import { type PrismaSchema, readPrismaSchema } from "./prisma-schema.js";
import type { FileSelection, Project, SourceOrigin } from "./project.js";
import { symbolKeyOf } from "./symbol-keys.js";
import { readTsconfigs, type Tsconfigs } from "./tsconfigs.js";
import type { TypeScript } from "./typescript-instance.js";
import { asObject, readWorkspace, type Workspace } from "./workspace-packages.js";

export interface AssemblyInput {
  readonly ts: TypeScript;
  readonly library: LibraryFiles;
  readonly folder: Folder;
  readonly selection: FileSelection;
  readonly tsconfigs: readonly string[] | undefined;
  readonly cache: SourceFileCache;
  /** A source file of another program, by absolute name: its text counts, not the one on disk. */
  readonly given: (absolute: string) => ts.SourceFile | undefined;
  /** Files that another program has and the disk does not. */
  readonly extra: readonly FilePath[];
}

/** What a listing of the folder says before any source file is read; kept by lint between programs. */
export interface Layout {
  readonly tsconfigs: Tsconfigs;
  readonly workspace: Workspace;
  readonly roles: FileRoles;
}

export function readLayout({ ts, folder, tsconfigs: named, extra, selection }: AssemblyInput): Layout {
  const isIgnored = readGitIgnore(folder);
  const workspace = readWorkspace(folder);
  const tsconfigs = readTsconfigs(ts, folder, named, isIgnored);
  return { tsconfigs, workspace, roles: sortFiles(folder, extra, tsconfigs, workspace, isIgnored, selection) };
}

/** Makes the project of a folder: files with their roles, one program, and what went wrong on the way. */
export function assembleProject(input: AssemblyInput, layout: Layout): Project {
  const { ts, folder } = input;
  const { root } = folder;
  const { tsconfigs, workspace, roles } = layout;
  const problems: ProjectProblem[] = [...folder.problems, ...tsconfigs.problems];
  const files = readFiles(input, roles, problems);
  const schemas = folder.paths.filter((path) => path.endsWith(".prisma")).map((path) => readPrismaSchema(path, folder.read(path) ?? ""));
  for (const schema of schemas) problems.push(...schema.problems);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const resolution = createModuleResolution({ root, files: new Set(texts.keys()), tsconfigs, workspace, generated: generatedClients(schemas) });
  const rootFiles = files.filter(({ path, role }) => role !== "test" && !roles.isVendored(path)).map(({ path }) => path);
  const program = createOwnProgram({
    ts, root, library: input.library, texts, rootFiles, configs: tsconfigs.configs, resolution, schemas, cache: input.cache,
    strictByDefault: strictByDefault(root, workspace), given: input.given,
  });
  problems.push(...folderProblems(folder, files, tsconfigs.configs.length > 0, workspace, hasModules(root)));
  const project = makeProject(input, files, schemas, resolution, program);
  for (const { path, role } of files) {
    const sourceFile = role === "audited" ? project.sourceFile(path) : undefined;
    if (sourceFile !== undefined) problems.push(...syntaxProblems(ts, path, sourceFile), ...importProblems(folder, resolution, path, sourceFile));
  }
  return { ...project, problems: sortProblems(problems) };
}

function makeProject({ ts, folder: { root } }: AssemblyInput, files: readonly ProjectFile[], schemas: readonly PrismaSchema[], resolution: ModuleResolution, program: ts.Program): Project {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const origins = new WeakMap<ts.SourceFile, SourceOrigin>();
  const originOf = (sourceFile: ts.SourceFile): SourceOrigin => {
    let origin = origins.get(sourceFile);
    if (origin === undefined) origins.set(sourceFile, (origin = findOrigin(root, byPath, sourceFile.fileName)));
    return origin;
  };
  const moduleOf: Project["moduleOf"] = (from, specifier) => resolution.moduleOf(from, specifier);
  return {
    root, ts, files, schemas, problems: [], program, originOf, moduleOf,
    file: (path) => byPath.get(path),
    sourceFile: (path) => program.getSourceFile(`${root}/${path}`),
    checkerFor: () => program.getTypeChecker(),
    symbolKeyOf: (symbol) => symbolKeyOf({ ts, checker: program.getTypeChecker(), originOf, moduleOf }, symbol),
  };
}

function findOrigin(root: string, files: ReadonlyMap<FilePath, ProjectFile>, fileName: string): SourceOrigin {
  const module = standInModule(root, fileName);
  if (module !== undefined) return { kind: "package", module };
  const path = fileName.startsWith(`${root}/`) ? fileName.slice(root.length + 1) : undefined;
  return path !== undefined && files.has(path) ? { kind: "own", path } : { kind: "library" };
}

function readFiles({ folder, given }: AssemblyInput, roles: FileRoles, problems: ProjectProblem[]): ProjectFile[] {
  const files: ProjectFile[] = [];
  for (const path of roles.paths) {
    const open = given(`${folder.root}/${path}`)?.text;
    const size = open?.length ?? folder.size(path);
    if (size > fileSizeLimit) {
      problems.push(problem("file-too-large", path, `${(size / 1024 / 1024).toFixed(1)} MB`, false));
      continue;
    }
    const text = open ?? folder.read(path);
    if (text === undefined) problems.push(problem("unreadable-file", path, "cannot be read", false));
    else files.push({ path, text, role: roles.roleOf(path, text) });
  }
  return files;
}

/** Folders that `prisma generate` fills: what is imported from there is the client, generated yet or not. */
function generatedClients(schemas: readonly PrismaSchema[]): Map<FilePath, string> {
  const folders = new Map<FilePath, string>();
  for (const { path, outputs } of schemas) {
    for (const output of outputs) {
      const folder = output.startsWith("/") ? undefined : joinPath(parentOf(path), output);
      if (folder !== undefined && folder !== "" && !folder.split("/").includes("node_modules")) folders.set(folder, "npm:@prisma/client");
    }
  }
  return folders;
}

/** Strictness where no config states it, as the project's own TypeScript has it: on since 6.0. */
function strictByDefault(root: string, workspace: Workspace): boolean {
  const manifest = workspace.manifests.get("")?.json ?? {};
  const declared = [asObject(manifest.devDependencies).typescript, asObject(manifest.dependencies).typescript].find((range) => typeof range === "string");
  const version = installedVersion(root) ?? /\d+/.exec(declared ?? "")?.[0];
  return version === undefined || Number.parseInt(version, 10) >= 6;
}

function installedVersion(root: string): string | undefined {
  for (let directory = root; ; directory = dirname(directory)) {
    const manifest = join(directory, "node_modules/typescript/package.json");
    if (existsSync(manifest)) return versionIn(manifest);
    if (directory === dirname(directory)) return undefined;
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = asObject(JSON.parse(readFileSync(manifest, "utf8")));
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function hasModules(root: string): boolean {
  for (let directory = root; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "node_modules"))) return true;
    if (directory === dirname(directory)) return existsSync(join(root, ".pnp.cjs"));
  }
}
