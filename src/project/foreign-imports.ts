import type ts from "typescript";
import type { ForeignUse } from "./stand-ins/stand-in-text.js";
import type { TypeScript } from "./typescript-instance.js";

interface ForeignImport {
  readonly specifier: string;
  /** Imported names; `default`, and `""` for the whole namespace. */
  readonly name: string;
  readonly local: string | undefined;
}

export interface ImportedName extends ForeignImport {
  readonly members: readonly string[];
}

const collected = new WeakMap<ts.SourceFile, readonly ImportedName[]>();

/** What a file names of other modules, by specifier; syntactic, so it can be kept with the file. */
export function importedNames(ts: TypeScript, sourceFile: ts.SourceFile): readonly ImportedName[] {
  const known = collected.get(sourceFile);
  if (known !== undefined) return known;
  const imports = sourceFile.statements.flatMap((statement) => importsOf(ts, statement));
  const members = membersByLocal(sourceFile.text, imports);
  const names = imports.map(({ specifier, name, local }) => ({
    specifier,
    name,
    local,
    members: local === undefined ? [] : (members.get(local) ?? []),
  }));
  collected.set(sourceFile, names);
  return names;
}

/** Adds one imported name to what is known of its module. */
export function addUse(
  uses: Map<string, ForeignUse>,
  module: string,
  name: string,
  members: readonly string[],
): void {
  let use = uses.get(module);
  if (use === undefined) uses.set(module, (use = { names: new Set(), members: new Map() }));
  if (name !== "") use.names.add(name);
  if (members.length === 0) return;
  const known = use.members.get(name) ?? new Set();
  for (const member of members) known.add(member);
  use.members.set(name, known);
}

function importsOf(ts: TypeScript, statement: ts.Statement): ForeignImport[] {
  if (ts.isImportDeclaration(statement)) return importClause(ts, statement);
  if (ts.isExportDeclaration(statement)) return reExports(ts, statement);
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
    const { expression } = statement.moduleReference;
    return ts.isStringLiteral(expression)
      ? [{ specifier: expression.text, name: "", local: statement.name.text }]
      : [];
  }
  return ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.flatMap((declaration) => required(ts, declaration))
    : [];
}

function importClause(ts: TypeScript, statement: ts.ImportDeclaration): ForeignImport[] {
  const clause = statement.importClause;
  if (clause === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const specifier = statement.moduleSpecifier.text;
  const imports: ForeignImport[] =
    clause.name === undefined ? [] : [{ specifier, name: "default", local: clause.name.text }];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return imports;
  if (ts.isNamespaceImport(bindings)) return [...imports, { specifier, name: "", local: bindings.name.text }];
  return [
    ...imports,
    ...bindings.elements.map((element) => ({
      specifier,
      name: (element.propertyName ?? element.name).text,
      local: element.name.text,
    })),
  ];
}

function reExports(ts: TypeScript, statement: ts.ExportDeclaration): ForeignImport[] {
  const specifier = statement.moduleSpecifier;
  if (
    specifier === undefined ||
    !ts.isStringLiteral(specifier) ||
    statement.exportClause === undefined ||
    !ts.isNamedExports(statement.exportClause)
  )
    return [];
  return statement.exportClause.elements.map((element) => ({
    specifier: specifier.text,
    name: (element.propertyName ?? element.name).text,
    local: undefined,
  }));
}

/** `const { Pool } = require("pg")` and `const pg = require("pg")`. */
function required(ts: TypeScript, declaration: ts.VariableDeclaration): ForeignImport[] {
  const call = declaration.initializer;
  if (
    call === undefined ||
    !ts.isCallExpression(call) ||
    !ts.isIdentifier(call.expression) ||
    call.expression.text !== "require"
  )
    return [];
  const argument = call.arguments[0];
  if (argument === undefined || !ts.isStringLiteral(argument)) return [];
  const specifier = argument.text;
  if (ts.isIdentifier(declaration.name)) return [{ specifier, name: "", local: declaration.name.text }];
  if (!ts.isObjectBindingPattern(declaration.name)) return [];
  return declaration.name.elements.flatMap((element) => {
    const name = element.propertyName ?? element.name;
    return ts.isIdentifier(name) && ts.isIdentifier(element.name)
      ? [{ specifier, name: name.text, local: element.name.text }]
      : [];
  });
}

/** Capitalised members of imported names: `pg.Pool`, `express.Request`, `Prisma.ChildCreateInput`. */
function membersByLocal(text: string, imports: readonly ForeignImport[]): Map<string, string[]> {
  const locals = new Set(imports.map(({ local }) => local));
  const found = new Map<string, string[]>();
  if (imports.length === 0) return found;
  for (const match of text.matchAll(/([\w$]+)\s*\.\s*([A-Z][\w$]*)/g)) {
    const [, local = "", member = ""] = match;
    if (!locals.has(local) || text[match.index - 1] === ".") continue;
    const members = found.get(local) ?? [];
    if (!members.includes(member)) members.push(member);
    found.set(local, members);
  }
  return found;
}
