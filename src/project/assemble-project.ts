import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { ProjectFile, ProjectProblem } from "../contracts/project.js";
import { type FileRoles, sortFiles } from "./file-roles.js";
import { folderProblems, importProblems, sortProblems, syntaxProblems } from "./find-problems.js";
import { fileSizeLimit, type Folder, problem } from "./folder.js";
import { parentOf, readGitIgnore } from "./ignored-files.js";
import { hasModules, strictByDefault } from "./installed-modules.js";
import { readJsonModules } from "./json-modules.js";
import type { LibraryFiles } from "./library-files.js";
import { joinPath } from "./module-paths.js";
import { createModuleResolution, type ModuleResolution } from "./module-resolution.js";
import { deepestNesting } from "./nesting.js";
import { createOwnProgram, type SourceFileCache, standInModule } from "./own-program.js";
import { type PrismaSchema, readPrismaSchema } from "./prisma-schema.js";
import type { FileSelection, Project, SourceOrigin } from "./project.js";
import { migrationProblems, readSqlFiles } from "./sql-files.js";
import { readStackFiles } from "./stack-files.js";
import { symbolKeyOf } from "./symbol-keys.js";
import { readTsconfigs, type Tsconfigs } from "./tsconfigs.js";
import type { TypeScript } from "./typescript-instance.js";
import { readWorkspace, type Workspace } from "./workspace-packages.js";

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
  const tsconfigs = readTsconfigs(ts, folder, named, workspace, isIgnored);
  return {
    tsconfigs,
    workspace,
    roles: sortFiles(folder, extra, tsconfigs, workspace, isIgnored, selection),
  };
}

/** How a project resolves modules: kept for the next project with the same files and configs. */
const resolutions = new WeakMap<Project, ModuleResolution>();
/** What is wrong with a file, as long as it and what resolves its imports are the same. */
const fileProblems = new WeakMap<ModuleResolution, WeakMap<ts.SourceFile, readonly ProjectProblem[]>>();

/**
 * Makes the project of a folder: files with their roles, one program, and what went wrong on the way.
 * `previous` is a project made from the same layout, whose work is used again where nothing has changed.
 */
export function assembleProject(input: AssemblyInput, layout: Layout, previous?: Project): Project {
  const { ts, folder } = input;
  const { root } = folder;
  const { tsconfigs, workspace, roles } = layout;
  const problems: ProjectProblem[] = [...folder.problems, ...tsconfigs.problems];
  const sources = readFiles(input, roles, problems);
  const files = [...sources, ...readJsonModules(folder, sources)];
  const schemas = folder.paths
    .filter((path) => path.endsWith(".prisma"))
    .map((path) => readPrismaSchema(path, folder.read(path) ?? ""));
  for (const schema of schemas) problems.push(...schema.problems);
  const sqlFiles = readSqlFiles(folder);
  problems.push(...sqlFiles.flatMap(migrationProblems));
  const ofStores = { sqlFiles, stackFiles: readStackFiles(folder) };
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const resolution =
    reusableResolution(previous, files, schemas) ??
    createModuleResolution({
      root,
      files: new Set(texts.keys()),
      tsconfigs,
      workspace,
      generated: generatedClients(schemas),
    });
  const rootFiles = files
    .filter(({ path, role }) => role !== "test" && !roles.isVendored(path))
    .map(({ path }) => path);
  const program = createOwnProgram({
    ts,
    root,
    library: input.library,
    texts,
    rootFiles,
    configs: tsconfigs.configs,
    resolution,
    schemas,
    cache: input.cache,
    strictByDefault: strictByDefault(root, workspace),
    given: input.given,
  });
  problems.push(...folderProblems(folder, files, tsconfigs.configs.length > 0, workspace, hasModules(root)));
  const project = makeProject(input, files, schemas, ofStores, resolution, program);
  for (const { path, role } of files) {
    if (input.cache.tooDeep.has(`${root}/${path}`))
      problems.push(problem("file-too-deep", path, `more than ${String(deepestNesting)} levels`, false));
    const sourceFile = role === "audited" ? project.sourceFile(path) : undefined;
    if (sourceFile !== undefined) problems.push(...problemsOf(input, resolution, path, sourceFile));
  }
  const complete: Project = { ...project, problems: sortProblems(problems) };
  resolutions.set(complete, resolution);
  return complete;
}

function reusableResolution(
  previous: Project | undefined,
  files: readonly ProjectFile[],
  schemas: readonly PrismaSchema[],
): ModuleResolution | undefined {
  if (previous?.files.length !== files.length || previous.schemas.length !== schemas.length) return undefined;
  const isSame =
    previous.files.every(({ path }, index) => path === files[index]?.path) &&
    previous.schemas.every(
      ({ path, text }, index) => path === schemas[index]?.path && text === schemas[index].text,
    );
  return isSame ? resolutions.get(previous) : undefined;
}

function problemsOf(
  { ts, folder }: AssemblyInput,
  resolution: ModuleResolution,
  path: FilePath,
  sourceFile: ts.SourceFile,
): readonly ProjectProblem[] {
  const known = fileProblems.get(resolution) ?? new WeakMap<ts.SourceFile, readonly ProjectProblem[]>();
  fileProblems.set(resolution, known);
  let problems = known.get(sourceFile);
  if (problems === undefined)
    known.set(
      sourceFile,
      (problems = [
        ...syntaxProblems(ts, path, sourceFile),
        ...importProblems(folder, resolution, path, sourceFile),
      ]),
    );
  return problems;
}

function makeProject(
  { ts, folder: { root } }: AssemblyInput,
  files: readonly ProjectFile[],
  schemas: readonly PrismaSchema[],
  ofStores: Pick<Project, "sqlFiles" | "stackFiles">,
  resolution: ModuleResolution,
  program: ts.Program,
): Project {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const origins = new WeakMap<ts.SourceFile, SourceOrigin>();
  const originOf = (sourceFile: ts.SourceFile): SourceOrigin => {
    let origin = origins.get(sourceFile);
    if (origin === undefined)
      origins.set(sourceFile, (origin = findOrigin(root, byPath, sourceFile.fileName)));
    return origin;
  };
  const moduleOf: Project["moduleOf"] = (from, specifier) => resolution.moduleOf(from, specifier);
  return {
    root,
    ts,
    files,
    schemas,
    ...ofStores,
    problems: [],
    program,
    originOf,
    moduleOf,
    file: (path) => byPath.get(path),
    sourceFile: (path) => program.getSourceFile(`${root}/${path}`),
    checkerFor: () => program.getTypeChecker(),
    symbolKeyOf: (symbol) =>
      symbolKeyOf({ ts, checker: program.getTypeChecker(), originOf, moduleOf }, symbol),
  };
}

function findOrigin(root: string, files: ReadonlyMap<FilePath, ProjectFile>, fileName: string): SourceOrigin {
  const module = standInModule(root, fileName);
  if (module !== undefined) return { kind: "package", module };
  const path = fileName.startsWith(`${root}/`) ? fileName.slice(root.length + 1) : undefined;
  return path !== undefined && files.has(path) ? { kind: "own", path } : { kind: "library" };
}

function readFiles(
  { folder, given }: AssemblyInput,
  roles: FileRoles,
  problems: ProjectProblem[],
): ProjectFile[] {
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
    else files.push({ path, text, ...roles.standingOf(path, text) });
  }
  return files;
}

/** Folders that `prisma generate` fills: what is imported from there is the client, generated yet or not. */
function generatedClients(schemas: readonly PrismaSchema[]): Map<FilePath, string> {
  const folders = new Map<FilePath, string>();
  for (const { path, outputs } of schemas) {
    for (const output of outputs) {
      const folder = output.startsWith("/") ? undefined : joinPath(parentOf(path), output);
      if (folder !== undefined && folder !== "" && !folder.split("/").includes("node_modules"))
        folders.set(folder, "npm:@prisma/client");
    }
  }
  return folders;
}
