import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { clashingScripts } from "./clashing-scripts.js";
import { addUse, importedNames } from "./foreign-imports.js";
import { isJsonModule } from "./json-modules.js";
import type { LibraryFiles } from "./library-files.js";
import type { ModuleResolution } from "./module-resolution.js";
import type { PrismaSchema } from "./prisma-schema.js";
import { type ForeignUse, ownDeclarations, standInText } from "./stand-ins/stand-in-text.js";
import type { Tsconfig } from "./tsconfigs.js";
import { isNestedTooDeeply } from "./nesting.js";
import { internalsOf, type TypeScript } from "./typescript-instance.js";

/** Source files kept from one program to the next of the same folder and compiler. */
export interface SourceFileCache {
  /** By absolute file name; a script that counts as a module stands apart. */
  readonly files: Map<string, ts.SourceFile>;
  /** Texts that are nested too deeply, by absolute file name: in the program such a file is empty. */
  readonly tooDeep: Map<string, string>;
  program: ts.Program | undefined;
}

export interface OwnProgramInput {
  readonly ts: TypeScript;
  readonly root: string;
  readonly library: LibraryFiles;
  readonly texts: ReadonlyMap<FilePath, string>;
  readonly rootFiles: readonly FilePath[];
  readonly configs: readonly Tsconfig[];
  readonly strictByDefault: boolean;
  readonly resolution: ModuleResolution;
  readonly schemas: readonly PrismaSchema[];
  readonly cache: SourceFileCache;
  /** A source file that another program already has, under lint. */
  readonly given: (absolute: string) => ts.SourceFile | undefined;
}

/** No file of this folder exists: it holds the stand-ins for foreign packages. */
const standInFolder = "/.child-privacy/packages/";

/**
 * One program over the own files and the standard library, whatever number of configs the folder has: a
 * specifier is resolved with the config of the file it stands in, and what else configs differ in does not
 * change which declaration a name means. The declarations of foreign packages are never loaded; stand-ins
 * take their place, so that an answer does not depend on what is installed.
 */
export function createOwnProgram(input: OwnProgramInput): ts.Program {
  const options = compilerOptions(input);
  const program = build(input, options, new Set());
  const clashing = clashingScripts(input.ts, input.root, input.library.location, program);
  const result = clashing.size === 0 ? program : build(input, options, clashing);
  // Binding gives every node its parent, which the parser has left out.
  result.getTypeChecker();
  input.cache.program = result;
  return result;
}

function compilerOptions({ ts, configs, strictByDefault }: OwnProgramInput): ts.CompilerOptions {
  const stated = configs.map(({ options }) => options.strictNullChecks ?? options.strict ?? strictByDefault);
  const strict = stated.length === 0 ? strictByDefault : stated.some(Boolean);
  const libs = configs.map(({ options }) => options.lib);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Legacy,
    jsx: ts.JsxEmit.Preserve,
    allowJs: true,
    checkJs: false,
    noEmit: true,
    strict,
    noImplicitAny: strict,
    strictNullChecks: strict,
    esModuleInterop: true,
    allowSyntheticDefaultImports: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    types: [],
    allowImportingTsExtensions: true,
    // Newer than 5.4: off, so that `next().value` has the same type under every version.
    strictBuiltinIteratorReturn: false,
  };
  if (libs.length > 0 && libs.every((lib) => lib !== undefined))
    options.lib = [...new Set([...libs.flatMap((lib) => lib ?? []), "lib.esnext.d.ts"])].sort();
  return options;
}

function build(
  input: OwnProgramInput,
  options: ts.CompilerOptions,
  asModule: ReadonlySet<string>,
): ts.Program {
  const { ts, root } = input;
  const uses = foreignUses(input, options, asModule);
  const standIns = new Map<string, string>();
  for (const [module, use] of uses) {
    const { entry, declarations } = standInText(module, use, input.schemas);
    standIns.set(standInPath(root, module), entry);
    if (declarations !== undefined) standIns.set(standInPath(root, module + ownDeclarations), declarations);
  }
  const host = programHost(input, standIns, asModule);
  const rootNames = input.rootFiles.map((path) => `${root}/${path}`);
  const oldProgram = input.cache.program;
  return ts.createProgram({ rootNames, options, host, ...(oldProgram === undefined ? {} : { oldProgram }) });
}

function foreignUses(
  input: OwnProgramInput,
  options: ts.CompilerOptions,
  asModule: ReadonlySet<string>,
): Map<string, ForeignUse> {
  const uses = new Map<string, ForeignUse>();
  for (const path of input.rootFiles) {
    const sourceFile = ownSourceFile(input, path, options.target ?? input.ts.ScriptTarget.ESNext, asModule);
    for (const { specifier, name, members } of sourceFile === undefined
      ? []
      : importedNames(input.ts, sourceFile)) {
      const target = input.resolution.moduleOf(path, specifier);
      if (target !== null && "module" in target) addUse(uses, target.module, name, members);
    }
  }
  return uses;
}

function ownSourceFile(
  input: OwnProgramInput,
  path: FilePath,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
  asModule: ReadonlySet<string>,
): ts.SourceFile | undefined {
  const text = input.texts.get(path);
  if (text === undefined) return undefined;
  const name = `${input.root}/${path}`;
  const forced = asModule.has(name);
  const key = forced ? `${name}#module` : name;
  const { files, tooDeep } = input.cache;
  const cached = files.get(key);
  if (cached?.text === text || (cached !== undefined && tooDeep.get(name) === text)) return cached;
  const given = forced ? undefined : input.given(name);
  const usable = given?.text === text && (internalsOf(given).jsDocParsingMode ?? 0) === 0;
  const parsed = usable ? given : parseIfShallow(input.ts, name, text, options, forced);
  const isTooDeep = parsed === undefined || isNestedTooDeeply(input.ts, parsed);
  if (isTooDeep) tooDeep.set(name, text);
  else tooDeep.delete(name);
  const sourceFile = isTooDeep ? parse(input.ts, name, "", options, forced) : parsed;
  files.set(key, sourceFile);
  return sourceFile;
}

/** The parser recurses: what is nested beyond reason fills its stack. */
function parseIfShallow(
  ...[ts, name, text, options, asModule]: Parameters<typeof parse>
): ts.SourceFile | undefined {
  try {
    return parse(ts, name, text, options, asModule);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parse(
  ts: TypeScript,
  name: string,
  text: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
  asModule: boolean,
): ts.SourceFile {
  const base: ts.CreateSourceFileOptions = {
    languageVersion: typeof options === "object" ? options.languageVersion : options,
  };
  if (asModule) {
    base.setExternalModuleIndicator = (file) => {
      (file as unknown as { externalModuleIndicator: unknown }).externalModuleIndicator = true;
    };
  }
  // What a JSON file holds is read as a module that exports it.
  return ts.createSourceFile(name, text, base, false, isJsonModule(name) ? ts.ScriptKind.JS : undefined);
}

/** Comments of the library and of stand-ins say nothing to anybody here. */
function parseUncommented(
  ts: TypeScript,
  name: string,
  text: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  return ts.createSourceFile(name, text, {
    languageVersion: typeof options === "object" ? options.languageVersion : options,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
}

function programHost(
  input: OwnProgramInput,
  standIns: ReadonlyMap<string, string>,
  asModule: ReadonlySet<string>,
): ts.CompilerHost {
  const { ts, root, library, cache } = input;
  const pathOf = (name: string): FilePath | undefined =>
    name.startsWith(`${root}/`) ? name.slice(root.length + 1) : undefined;
  const standInFile = (
    name: string,
    options: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined => {
    const text = standIns.get(name);
    const cached = cache.files.get(name);
    if (text === undefined || cached?.text === text) return text === undefined ? undefined : cached;
    const sourceFile = parseUncommented(ts, name, text, options);
    cache.files.set(name, sourceFile);
    return sourceFile;
  };
  return {
    fileExists: (name) => input.texts.has(pathOf(name) ?? "") || standIns.has(name),
    readFile: (name) => input.texts.get(pathOf(name) ?? "") ?? standIns.get(name),
    getSourceFile: (name, options) =>
      ownSourceFile(input, pathOf(name) ?? "", options, asModule) ??
      standInFile(name, options) ??
      libraryFile(input, name, options),
    getDefaultLibFileName: (options) => `${library.location}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => library.location,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
    directoryExists: () => false,
    getDirectories: () => [],
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => ({ resolvedModule: resolveForProgram(input, standIns, containing, text) })),
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
  };
}

/** The standard library never changes while a process runs, so each compiler parses and binds it once for all folders. */
const libraryFiles = new WeakMap<TypeScript, Map<string, ts.SourceFile>>();

function libraryFile(
  { ts, library, given }: OwnProgramInput,
  name: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  if (!name.startsWith(`${library.location}/`)) return undefined;
  let files = libraryFiles.get(ts);
  if (files === undefined) libraryFiles.set(ts, (files = new Map<string, ts.SourceFile>()));
  const known = files.get(name);
  if (known !== undefined) return known;
  const text = library.read(name);
  const sourceFile =
    text === undefined ? undefined : (given(name) ?? parseUncommented(ts, name, text, options));
  if (sourceFile !== undefined) files.set(name, sourceFile);
  return sourceFile;
}

function resolveForProgram(
  input: OwnProgramInput,
  standIns: ReadonlyMap<string, string>,
  containing: string,
  specifier: string,
): ts.ResolvedModuleFull | undefined {
  const { ts, root } = input;
  const inside = standInModule(root, containing);
  if (inside !== undefined) {
    const path = standInPath(root, inside + specifier);
    return standIns.has(path)
      ? { resolvedFileName: path, extension: ts.Extension.Dts, isExternalLibraryImport: false }
      : undefined;
  }
  const from = containing.slice(root.length + 1);
  const own = input.resolution.typesOf(from, specifier);
  if (own !== undefined)
    return input.texts.has(own)
      ? {
          resolvedFileName: `${root}/${own}`,
          extension: extensionOf(ts, own),
          isExternalLibraryImport: false,
        }
      : undefined;
  const target = input.resolution.moduleOf(from, specifier);
  if (target === null || !("module" in target)) return undefined;
  const path = standInPath(root, target.module);
  return standIns.has(path)
    ? { resolvedFileName: path, extension: ts.Extension.Dts, isExternalLibraryImport: false }
    : undefined;
}

function extensionOf(ts: TypeScript, path: FilePath): string {
  const declaration = /\.d\.[cm]?ts$/.exec(path)?.[0];
  if (isJsonModule(path)) return ts.Extension.Js;
  return declaration ?? /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? ts.Extension.Ts;
}

const standInNames = new Map<string, string>();

function standInPath(root: string, module: string): string {
  let name = standInNames.get(module);
  if (name === undefined) standInNames.set(module, (name = encodeURIComponent(module)));
  return `${root}${standInFolder}${name}.d.ts`;
}

/** The module that a file of the program stands in for. */
export function standInModule(root: string, fileName: string): string | undefined {
  if (!fileName.startsWith(root + standInFolder)) return undefined;
  return decodeURIComponent(fileName.slice(root.length + standInFolder.length, -".d.ts".length)).replace(
    ownDeclarations,
    "",
  );
}
