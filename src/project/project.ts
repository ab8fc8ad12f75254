import type ts from "typescript";
import type { FilePath, SymbolKey } from "../base/keys.js";
import type { ProjectFile, ProjectProblem } from "../contracts/project.js";
import type { PrismaSchema } from "./prisma-schema.js";
import type { TypeScript } from "./typescript-instance.js";

/** Where a specifier leads: an own file, a package or built-in (`npm:pg`, `node:fs`), or nowhere. */
export type ModuleTarget = { readonly file: FilePath } | { readonly module: string } | null;

/** Whose a source file of the program is. */
export type SourceOrigin =
  | { readonly kind: "own"; readonly path: FilePath }
  /** Our own short declarations that stand in for a foreign package's (`npm:zod`). */
  | { readonly kind: "package"; readonly module: string }
  | { readonly kind: "library" };

/** Which files of the folder count as what; the words are those of `child-privacy.yaml`. */
export interface FileSelection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Replaces the default patterns of test files. */
  readonly tests?: readonly string[] | undefined;
  readonly includeTests?: boolean | undefined;
}

export interface SqlFile {
  readonly path: FilePath;
  readonly text: string;
}

/** The files of a folder, one program over them, and what the later stages may ask about both. */
export interface Project {
  /** Absolute, with `/`. */
  readonly root: string;
  readonly ts: TypeScript;
  /** Every source file that could be read, sorted by path. */
  readonly files: readonly ProjectFile[];
  /** The Prisma schemas of the folder, sorted by path. */
  readonly schemas: readonly PrismaSchema[];
  /** SQL files that schemas are made with, in the order in which they are run. */
  readonly sqlFiles: readonly SqlFile[];
  /** Templates of stacks that make stores, sorted by path. */
  readonly stackFiles: readonly SqlFile[];
  /** Sorted by location. */
  readonly problems: readonly ProjectProblem[];
  /** Own files (tests only if asked for), the standard library, and stand-ins for foreign packages. */
  readonly program: ts.Program;

  file(path: FilePath): ProjectFile | undefined;
  sourceFile(path: FilePath): ts.SourceFile | undefined;
  checkerFor(path: FilePath): ts.TypeChecker;
  originOf(sourceFile: ts.SourceFile): SourceOrigin;
  moduleOf(from: FilePath, specifier: string): ModuleTarget;
  /** The stable key of what a symbol declares, or undefined for locals and anonymous types. */
  symbolKeyOf(symbol: ts.Symbol): SymbolKey | undefined;
}
