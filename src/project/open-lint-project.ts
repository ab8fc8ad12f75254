import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { type AssemblyInput, assembleProject, type Layout, readLayout } from "./assemble-project.js";
import { type Folder, readFolder, sourceFilePattern } from "./folder.js";
import { isJsonModule, jsonModuleText } from "./json-modules.js";
import { installedLibrary } from "./library-files.js";
import type { SourceFileCache } from "./own-program.js";
import type { ProjectOptions } from "./open-project.js";
import type { FileSelection, Project } from "./project.js";
import type { TypeScript } from "./typescript-instance.js";

export interface LintProjectOptions extends ProjectOptions {
  /** The compiler that made the program. */
  readonly ts: TypeScript;
  readonly program: ts.Program;
}

interface Session {
  readonly cache: SourceFileCache;
  readonly projects: WeakMap<ts.Program, Project>;
  last:
    | { readonly folder: Folder; readonly layout: Layout; readonly stamp: string; readonly project: Project }
    | undefined;
}

/** One session a compiler and folder, the last few of them: what was parsed for one program serves the next. */
const sessions = new WeakMap<TypeScript, Map<string, Session>>();
const mostSessions = 4;

/**
 * Opens the folder that a linted file lies in. The world is the folder, not the one program: files of the
 * folder that the program lacks are read too, and the answers are those of the audit. Source files that the
 * program has are used as they are, with the editor's unsaved text. Called again with a program whose texts
 * are the same, it gives the same project.
 */
export function openLintProject({ ts, program, root, tsconfigs, ...selection }: LintProjectOptions): Project {
  const folderRoot = root.replaceAll("\\", "/").replace(/(?<=.)\/$/, "");
  const session = sessionOf(ts, JSON.stringify([folderRoot, tsconfigs, selection]));
  const known = session.projects.get(program);
  if (known !== undefined) return known;
  const project = openAgain(session, folderRoot, { ts, program, tsconfigs, selection });
  session.projects.set(program, project);
  return project;
}

/** Opens the folder with what is left of the last time: the listing, the configs, and, if no text differs, all of it. */
function openAgain(
  session: Session,
  root: string,
  {
    ts,
    program,
    tsconfigs,
    selection,
  }: {
    readonly ts: TypeScript;
    readonly program: ts.Program;
    readonly tsconfigs: readonly string[] | undefined;
    readonly selection: FileSelection;
  },
): Project {
  const { last } = session;
  const folder = last?.folder.isCurrent() === true ? last.folder : readFolder(root);
  const given = (absolute: string): ts.SourceFile | undefined => program.getSourceFile(absolute);
  const extra = unsavedFiles(program, root, folder);
  const input: AssemblyInput = {
    ts,
    library: installedLibrary(ts),
    folder,
    selection,
    tsconfigs,
    cache: session.cache,
    given,
    extra,
  };
  const stamp = JSON.stringify([
    extra,
    folder.paths.filter((path) => decidesLayout.test(path)).map((path) => folder.read(path) ?? ""),
  ]);
  const isSame = last !== undefined && last.folder === folder && last.stamp === stamp;
  const layout = isSame ? last.layout : readLayout(input);
  if (
    isSame &&
    last.project.files.every(
      ({ path, text }) =>
        (isJsonModule(path)
          ? jsonModuleText(folder.read(path))
          : (given(`${root}/${path}`)?.text ?? folder.read(path))) === text,
    )
  )
    return last.project;
  const project = assembleProject(input, layout, isSame ? last.project : undefined);
  session.last = { folder, layout, stamp, project };
  return project;
}

/** Files whose text decides which files there are and where imports lead. */
const decidesLayout =
  /(?:^|\/)(?:package\.json|[jt]sconfig[^/]*\.json|\.gitignore|pnpm-workspace\.yaml|lerna\.json|[^/]*\.(?:prisma|sql))$/;

function sessionOf(ts: TypeScript, key: string): Session {
  let byKey = sessions.get(ts);
  if (byKey === undefined) sessions.set(ts, (byKey = new Map<string, Session>()));
  const session = byKey.get(key) ?? {
    cache: { files: new Map(), tooDeep: new Map(), program: undefined },
    projects: new WeakMap(),
    last: undefined,
  };
  byKey.delete(key);
  byKey.set(key, session);
  for (const oldest of byKey.keys()) if (byKey.size > mostSessions) byKey.delete(oldest);
  return session;
}

/** Files of the program that are not on disk: new in the editor, or the code of a test. */
function unsavedFiles(program: ts.Program, root: string, folder: Folder): FilePath[] {
  return program
    .getRootFileNames()
    .map((name) => name.replaceAll("\\", "/"))
    .filter(
      (name) =>
        name.startsWith(`${root}/`) && sourceFilePattern.test(name) && !name.includes("/node_modules/"),
    )
    .map((name) => name.slice(root.length + 1))
    .filter((path) => !folder.has(path));
}
