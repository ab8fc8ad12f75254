import picomatch from "picomatch";
import type { FilePath } from "../base/keys.js";
import type { ProjectFile } from "../contracts/project.js";
import { type Folder, sourceFilePattern } from "./folder.js";
import type { FileSelection } from "./project.js";
import type { Tsconfigs } from "./tsconfigs.js";
import type { Workspace } from "./workspace-packages.js";

/** Names that only tests have, in whatever folder. */
const testNames = [
  "**/*.{test,spec,e2e-spec,e2e,cy,bench}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
  "**/{__tests__,__mocks__,__fixtures__}/**",
];
/** Folders of tests; only beside a manifest, since `src/tests` of a school may hold its exams. */
const testFolders = "{test,tests,e2e,cypress,playwright}/**";
const outputFolders = ["dist", "build", "out", "coverage", "storybook-static"];
const vendoredPattern = /(?:^|\/)(?:vendor|vendors|third[-_]party)\/|\.min\.[cm]?js$/;
const generatedPatterns = [
  /(?:^|[\s*])@generated\b/,
  /\bdo not (?:edit|modify)\b/i,
  /\b(?:this (?:file|code|module)|code) (?:was |is |has been )?(?:auto[- ]?|automatically )?generated\b/i,
  /^[\s/*#!-]*(?:auto[- ]?|automatically )?generated (?:by|from|with|using)\b/im,
  /^[\s/*#!-]*auto[- ]?generated\b/im,
];

type Standing = Pick<ProjectFile, "role" | "leftOutBy">;

export interface FileRoles {
  /** The source files that are the project's at all, sorted. */
  readonly paths: readonly FilePath[];
  /** The role of one of them, and why it has it; the text tells generated code. */
  standingOf(path: FilePath, text: string): Standing;
  /** Bundled code of others: in the program only if something imports it. */
  isVendored(path: FilePath): boolean;
}

/** Sorts the folder's source files: audited, only followed, a test, or none of ours. */
export function sortFiles(
  folder: Folder,
  extra: readonly FilePath[],
  tsconfigs: Tsconfigs,
  workspace: Workspace,
  isIgnored: (path: FilePath) => boolean,
  selection: FileSelection,
): FileRoles {
  const included = selection.include === undefined ? undefined : matcher(selection.include);
  const excluded = matcher(selection.exclude ?? []);
  const isTest = matcher(selection.tests ?? defaultTestPatterns(workspace));
  const isOutput = outputMatcher(folder, tsconfigs, workspace);
  const isChosen = (path: FilePath): boolean => {
    if (included !== undefined) return included(path);
    if (tsconfigs.governs(path)) return tsconfigs.names(path);
    return !vendoredPattern.test(path);
  };
  const isOwn = (path: FilePath): boolean =>
    tsconfigs.names(path) || (included?.(path) ?? false) || !(isIgnored(path) || isOutput(path));
  const paths = folder.paths.filter((path) => sourceFilePattern.test(path) && isOwn(path));
  return {
    paths: [...new Set([...paths, ...extra])].sort(),
    standingOf(path, text) {
      if (selection.includeTests !== true && isTest(path)) return { role: "test", leftOutBy: "tests" };
      if (excluded(path)) return { role: "followed", leftOutBy: "exclude" };
      if (extra.includes(path)) return { role: "audited", leftOutBy: null };
      if (!isChosen(path)) return { role: "followed", leftOutBy: "choice" };
      return isGenerated(text)
        ? { role: "followed", leftOutBy: "generated" }
        : { role: "audited", leftOutBy: null };
    },
    isVendored: (path) => vendoredPattern.test(path) && !tsconfigs.names(path),
  };
}

/** The patterns that hold when the config has no `tests`. */
export function defaultTestPatterns(workspace: Workspace): string[] {
  const roots = new Set(["", ...workspace.manifests.keys()]);
  return [...testNames, ...[...roots].map((root) => (root === "" ? testFolders : `${root}/${testFolders}`))];
}

function matcher(patterns: readonly string[]): (path: FilePath) => boolean {
  if (patterns.length === 0) return () => false;
  const literal = new Set(patterns);
  const match = picomatch(
    patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/$/, "/**")),
    { dot: true },
  );
  return (path) => literal.has(path) || match(path);
}

function outputMatcher(
  folder: Folder,
  tsconfigs: Tsconfigs,
  workspace: Workspace,
): (path: FilePath) => boolean {
  const outputs = new Set<string>();
  const roots = new Set([
    "",
    ...workspace.manifests.keys(),
    ...tsconfigs.configs.map((config) => config.directory),
  ]);
  for (const root of roots) {
    for (const name of outputFolders) outputs.add(root === "" ? name : `${root}/${name}`);
  }
  for (const { options } of tsconfigs.configs) {
    for (const output of [options.outDir, options.declarationDir]) {
      if (output?.startsWith(`${folder.root}/`) === true) outputs.add(output.slice(folder.root.length + 1));
    }
  }
  return (path) => {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      if (outputs.has(path.slice(0, slash))) return true;
    }
    return false;
  };
}

/** Whether the comments at the head of a file say that a tool wrote it. */
export function isGenerated(text: string): boolean {
  const head = headComments(text.slice(0, 2000));
  return head !== "" && generatedPatterns.some((pattern) => pattern.test(head));
}

/** The comments before the first code, at most; a shebang and directives may stand between them. */
function headComments(text: string): string {
  const match =
    /^(?:#![^\n]*\n)?(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$)|(["'])use [a-z]+\1;?)*/.exec(text);
  return match?.[0] ?? "";
}
