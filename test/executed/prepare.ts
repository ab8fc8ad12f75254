/** Makes every fixture one that can be run: its modules as JavaScript, what to call, and values for the parameters. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { readAnnotations } from "../../src/annotations/read-annotations.js";
import type { AnnotationTable } from "../../src/contracts/annotation.js";
import { openProject } from "../../src/project/open-project.js";
import { readMarkers } from "../support/markers.js";
import { setUp, textsOf, type FixtureProgram } from "../support/programs.js";
import { findEntries } from "./entries.js";
import { instrument } from "./instrument.js";
import { resolveImport } from "./imports.js";
import type { FixtureJob } from "./plan.js";
import { isAmbient, TypePlans } from "./type-plans.js";

/** A fixture with what its outcome is compared with. */
export interface Prepared {
  readonly job: FixtureJob;
  /** Names of fields, `Child.email`, by token. */
  readonly fields: readonly string[];
  /** Tokens of fields that hold texts or bytes. */
  readonly told: ReadonlySet<number>;
  /** Packages that its modules import. */
  readonly packages: readonly string[];
  /** Source files by path, with where they are. */
  readonly files: ReadonlyMap<string, string>;
  /** The instrumented texts, by path. */
  readonly sources: ReadonlyMap<string, ts.SourceFile>;
}

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.React,
  types: ["node"],
  allowImportingTsExtensions: true,
};

/** The types that mark child data are this project's own. */
const annotationsPackage = {
  name: "eslint-plugin-child-privacy/annotations",
  file: join(import.meta.dirname, "../../src/annotations.ts"),
};

const cleaning = new Set(["redacts", "anonymizes", "encrypts"]);

export function prepare(programs: readonly FixtureProgram[]): Prepared[] {
  const files = programs.map((program) => filesOf(program));
  const program = programOf(files.flatMap((each) => [...each.values()]));
  return programs.map((fixture, index) =>
    prepareOne(fixture, files[index] ?? new Map<string, string>(), program),
  );
}

/** Source files of a fixture: path in the fixture to absolute path. */
function filesOf({ path }: FixtureProgram): Map<string, string> {
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const names = isFolder
    ? ts.sys.readDirectory(
        path,
        [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
        ["**/node_modules"],
      )
    : [path];
  return new Map(names.map((name) => [name.slice(root.length + 1), name]));
}

function programOf(roots: readonly string[]): ts.Program {
  const host = ts.createCompilerHost(options, true);
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => {
      const own =
        text === annotationsPackage.name ? annotationsPackage.file : resolveImport(containing, text);
      if (own !== null)
        return {
          resolvedModule: {
            resolvedFileName: own,
            extension: own.slice(own.lastIndexOf(".")),
            isExternalLibraryImport: false,
          },
        };
      return ts.resolveModuleName(text, join(import.meta.dirname, "resolved-from-here.ts"), options, host);
    });
  return ts.createProgram({ rootNames: roots, options, host });
}

function prepareOne(
  fixture: FixtureProgram,
  files: ReadonlyMap<string, string>,
  program: ts.Program,
): Prepared {
  const checker = program.getTypeChecker();
  const table = annotationsOf(fixture);
  const pathOf = new Map([...files].map(([path, absolute]) => [absolute, path]));
  const fields = [...new Set([...table.fields.values()].map((field) => field.name))];
  const declarationKey = (node: ts.Node): string | null => {
    const source = node.getSourceFile();
    const path = pathOf.get(source.fileName);
    if (path === undefined) return null;
    const name = ts.getNameOfDeclaration(node as ts.Declaration) ?? node;
    return `${path}@${String(name.getStart(source))}`;
  };
  const tokenOf = (node: ts.Declaration): number | null => {
    const key = declarationKey(node);
    const id = key === null ? undefined : table.byDeclaration.get(key);
    const field = id === undefined ? undefined : table.fields.get(id);
    return field === undefined ? null : fields.indexOf(field.name);
  };
  const moduleOf = (node: ts.Declaration): string | null => pathOf.get(node.getSourceFile().fileName) ?? null;
  const plans = new TypePlans(checker, tokenOf, moduleOf);
  const sources = new Map<string, ts.SourceFile>();
  const modules: Record<string, string> = {};
  const imports: Record<string, string> = {};
  const packages = new Set<string>();
  const ambient: Record<string, number> = {};
  const entries = [];
  const roots: string[] = [];
  const words = new Set<string>();
  const numbers = new Set<number>();
  const anything: number[] = [];
  for (const [path, absolute] of files) {
    const source = program.getSourceFile(absolute);
    if (source === undefined || source.isDeclarationFile) continue;
    roots.push(path);
    const found = findEntries(source, path, program, plans);
    entries.push(...found.entries);
    const text = instrument(
      source,
      {
        checker,
        plans,
        tokenOf,
        isOwn: (node) => moduleOf(node) !== null,
        isCleaning: (node) => {
          const key = declarationKey(node);
          return key !== null && (table.functions.get(key) ?? []).some(({ tag }) => cleaning.has(tag));
        },
      },
      found.exposing,
    );
    modules[path] = executable(path, text);
    sources.set(path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
    for (const literal of literalsOf(source))
      if (typeof literal === "string") words.add(literal);
      else numbers.add(literal).add(literal + 1);
    anything.push(...ownTypes(source, checker, plans));
    for (const specifier of specifiersOf(source)) {
      const target = resolveImport(absolute, specifier);
      const own = target === null ? undefined : pathOf.get(target);
      if (own === undefined) packages.add(specifier);
      else imports[`${path}\n${specifier}`] = own;
    }
    for (const statement of source.statements)
      if (isAmbient(statement))
        for (const [name, plan] of ambientNames(statement, checker, plans)) ambient[name] = plan;
  }
  return {
    job: {
      name: fixture.name,
      modules,
      imports,
      roots,
      plans: plans.plans,
      entries,
      ambient,
      words: [...words],
      numbers: [...numbers],
      anything,
      inputs: 200,
      hopedFor: hopedFor(files),
    },
    fields,
    told: plans.tokensInTexts,
    packages: [...packages].sort(),
    files,
    sources,
  };
}

/** How many fields at how many lines the markers promise. */
function hopedFor(files: ReadonlyMap<string, string>): number {
  return [...files].reduce(
    (sum, [path, absolute]) => sum + readMarkers(path, readFileSync(absolute, "utf8")).expected.length,
    0,
  );
}

function annotationsOf(fixture: FixtureProgram): AnnotationTable {
  const { root, dispose } = setUp(fixture);
  try {
    textsOf(root);
    return readAnnotations(openProject({ root }));
  } finally {
    dispose();
  }
}

function specifiersOf(source: ts.SourceFile): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isLoading =
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        /^(?:require|load)$|createRequire\(/u.test(node.expression.getText(source)));
    const specifier = isLoading
      ? node.arguments[0]
      : ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isExternalModuleReference(node)
          ? node.expression
          : undefined;
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.add(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

/** Short texts and numbers, which conditions may ask for. */
function literalsOf(source: ts.SourceFile): (string | number)[] {
  const found: (string | number)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text.length < 20 && !ts.isImportDeclaration(node.parent))
      found.push(node.text);
    if (ts.isNumericLiteral(node) && Number(node.text) < 10_000) found.push(Number(node.text));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Objects of the types at the top of a file. */
function ownTypes(source: ts.SourceFile, checker: ts.TypeChecker, plans: TypePlans): number[] {
  return source.statements.flatMap((statement) =>
    (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
    statement.name !== undefined &&
    statement.typeParameters === undefined
      ? [plans.of(checker.getTypeAtLocation(statement.name))]
      : [],
  );
}

function ambientNames(
  statement: ts.Statement,
  checker: ts.TypeChecker,
  plans: TypePlans,
): [string, number][] {
  const declarations: readonly ts.Declaration[] = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
      ? [statement]
      : [];
  return declarations.flatMap((declaration): [string, number][] => {
    const name = ts.getNameOfDeclaration(declaration);
    const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
    if (name === undefined || symbol === undefined) return [];
    const type = checker.getTypeOfSymbol(symbol);
    const made = type.getConstructSignatures()[0];
    return [[name.getText(), made === undefined ? plans.of(type) : plans.making(made.getReturnType())]];
  });
}

function executable(path: string, text: string): string {
  return ts
    .transpileModule(text, {
      // The ending must not decide on the form of the modules: they are all run as CommonJS.
      fileName: path.replace(/\.[cm](?=[jt]s)/u, "."),
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        esModuleInterop: true,
        // A script without imports may be sloppy; a module is strict all the same.
        alwaysStrict: false,
        experimentalDecorators: /@Injectable|@Column|@Entity|\bparameter decorators\b/u.test(text),
        jsx: ts.JsxEmit.React,
        inlineSourceMap: true,
      },
    })
    .outputText.replace(/import\.meta\.url/gu, JSON.stringify("file:///fixture/module.js"));
}
