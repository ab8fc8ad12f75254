import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { compareLocations, findLineStarts, locate } from "../base/location.js";
import type { ProjectFile, ProjectProblem } from "../contracts/project.js";
import { type Folder, problem } from "./folder.js";
import { parentOf } from "./ignored-files.js";
import { joinPath } from "./module-paths.js";
import type { ModuleResolution } from "./module-resolution.js";
import { internalsOf, type TypeScript } from "./typescript-instance.js";
import { asObject, dependenciesOf, type Workspace } from "./workspace-packages.js";

/** A file's first parse error; what follows it is usually its echo. */
export function syntaxProblems(ts: TypeScript, file: FilePath, sourceFile: ts.SourceFile): ProjectProblem[] {
  const first = internalsOf(sourceFile).parseDiagnostics?.[0];
  if (first === undefined) return [];
  const location = locate(file, findLineStarts(sourceFile.text), [first.start, first.start + first.length]);
  return [
    {
      kind: "syntax-error",
      location,
      subject: ts.flattenDiagnosticMessageText(first.messageText, " "),
      fatal: false,
    },
  ];
}

/** Relative and `#` imports that lead to no file. Files that are not code (styles, images) only have to exist. */
export function importProblems(
  folder: Folder,
  resolution: ModuleResolution,
  file: FilePath,
  sourceFile: ts.SourceFile,
): ProjectProblem[] {
  const problems: ProjectProblem[] = [];
  for (const literal of internalsOf(sourceFile).imports ?? []) {
    const specifier = literal.text;
    if (literal.pos < 0 || resolution.moduleOf(file, specifier) !== null || isAsset(folder, file, specifier))
      continue;
    const location = locate(file, findLineStarts(sourceFile.text), [
      literal.getStart(sourceFile),
      literal.end,
    ]);
    problems.push({ kind: "unresolved-import", location, subject: specifier, fatal: false });
  }
  return problems;
}

function isAsset(folder: Folder, file: FilePath, specifier: string): boolean {
  const path = joinPath(parentOf(file), specifier.replace(/[?#].*$/, ""));
  // Outside of the folder: not ours to judge.
  if (path === undefined) return true;
  return (
    folder.has(path) ||
    /\.(?:css|s[ac]ss|less|svg|png|jpe?g|gif|webp|avif|ico|woff2?|mp[34]|wasm|json5?|graphql|gql|md|mdx|html|txt|ya?ml|vue|svelte|astro)$/.test(
      path,
    )
  );
}

/** What is wrong with the folder as a whole. */
export function folderProblems(
  folder: Folder,
  files: readonly ProjectFile[],
  governed: boolean,
  workspace: Workspace,
  hasModules: boolean,
): ProjectProblem[] {
  if (folder.problems.some(({ kind }) => kind === "no-such-folder")) return [];
  if (files.length === 0) return [problem("empty-folder", ".", "", true)];
  const problems: ProjectProblem[] = [];
  if (!governed && files.some(({ path }) => /\.[cm]?tsx?$/.test(path)))
    problems.push(problem("no-tsconfig", "tsconfig.json", "", false));
  const manifest = workspace.manifests.get("");
  if (!hasModules && manifest !== undefined && dependenciesOf(manifest).size > 0)
    problems.push(
      missingModules(
        folder,
        Object.keys(asObject(manifest.json.dependencies)).length > 0 ? "dependencies" : "devDependencies",
      ),
    );
  return problems;
}

function missingModules(folder: Folder, key: string): ProjectProblem {
  const text = folder.read("package.json") ?? "";
  const at = Math.max(0, text.indexOf(`"${key}"`));
  return {
    kind: "missing-node-modules",
    location: locate("package.json", findLineStarts(text), [at, at + key.length + 2]),
    subject: key,
    fatal: false,
  };
}

/** In order of place, then kind. */
export function sortProblems(problems: readonly ProjectProblem[]): ProjectProblem[] {
  return [...problems].sort(
    (a, b) => compareLocations(a.location, b.location) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
  );
}
