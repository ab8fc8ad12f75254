import type ts from "typescript";
import type { Project } from "../project/project.js";
import { declaredWith, forEachTypeReference } from "./brand-reader.js";
import { addMarks, type CollectedMarks } from "./collect-marks.js";
import { enumLikeName, isEnumLike } from "./enum-like.js";
import { isChildData, type Marks, noMarks } from "./marks.js";
import { isObjectAlias } from "./object-alias.js";

/**
 * A marked alias of a primitive, a list or a standard type (`type Phone = ChildData<string, "contact">`), and a
 * marked enum, leave no trace in the checker's types: what is declared with the name is marked instead. So it is with
 * the values of an enum-like object (`(typeof Allergy)[keyof typeof Allergy]`).
 */
export function markAliasUses(project: Project, collected: CollectedMarks): void {
  const { ts } = project;
  const aliases = new Map<ts.Symbol, Marks>();
  const add = (declaration: ts.Node, marks: Marks): boolean => {
    if (!isChildData(marks)) return false;
    const symbol = namedSymbol(project, declaration);
    if (symbol === undefined || aliases.has(symbol)) return false;
    aliases.set(symbol, marks);
    return true;
  };
  for (const [declaration, marks] of collected.marks) add(declaration, marks);
  // An alias of an alias is found in the next round.
  for (let grown = aliases.size > 0; grown;) {
    grown = false;
    const names = new Set([...aliases.keys()].map(({ name }) => name));
    for (const { path, text, role } of project.files) {
      const source =
        role === "test" || ![...names].some((name) => text.includes(name))
          ? undefined
          : project.sourceFile(path);
      if (source === undefined) continue;
      const use = (type: ts.TypeNode, name: ts.Node | undefined): void => {
        const marks = name === undefined ? undefined : aliasMarks(project, name, aliases, names);
        if (marks !== undefined) grown = markDeclared(ts, collected, type, marks, add) || grown;
      };
      forEachTypeReference(
        ts,
        source,
        (reference) => {
          use(reference, ts.isTypeReferenceNode(reference) ? lastName(ts, reference.typeName) : undefined);
        },
        (query) => {
          use(query, enumLikeName(ts, query));
        },
      );
    }
  }
}

/** The name of a declaration of plain values: an alias of data, an enum, an enum-like object. */
function namedSymbol(project: Project, declaration: ts.Node): ts.Symbol | undefined {
  const { ts, program } = project;
  const checker = program.getTypeChecker();
  if (ts.isVariableDeclaration(declaration)) {
    const { name, initializer } = declaration;
    return initializer !== undefined && isEnumLike(ts, initializer)
      ? checker.getSymbolAtLocation(name)
      : undefined;
  }
  const isAlias = ts.isTypeAliasDeclaration(declaration) || ts.isJSDocTypedefTag(declaration);
  if ((!isAlias && !ts.isEnumDeclaration(declaration)) || declaration.name === undefined) return undefined;
  const symbol = checker.getSymbolAtLocation(declaration.name);
  return symbol !== undefined && isAlias && isObjectAlias(project, checker.getDeclaredTypeOfSymbol(symbol))
    ? undefined
    : symbol;
}

/** Marks what is declared with a type; whether that made a new alias. */
function markDeclared(
  ts: Project["ts"],
  collected: CollectedMarks,
  type: ts.TypeNode,
  marks: Marks,
  add: (declaration: ts.Node, marks: Marks) => boolean,
): boolean {
  let isGrown = false;
  for (const declaration of declaredWith(ts, type)) {
    const known = collected.marks.get(declaration);
    if (isChildData(known) || known?.notChildData !== undefined) continue;
    addMarks(collected, declaration, {
      ...noMarks(),
      category: marks.category ?? null,
      form: marks.form ?? "tag",
      ...wordsOf(marks),
    });
    isGrown = add(declaration, collected.marks.get(declaration) ?? noMarks()) || isGrown;
  }
  return isGrown;
}

function lastName(ts: Project["ts"], name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : name.right;
}

function wordsOf({ purposes, retention }: Marks): Partial<Marks> {
  return {
    ...(purposes === undefined ? {} : { purposes }),
    ...(retention === undefined ? {} : { retention }),
  };
}

function aliasMarks(
  { ts, program }: Project,
  name: ts.Node,
  aliases: ReadonlyMap<ts.Symbol, Marks>,
  names: ReadonlySet<string>,
): Marks | undefined {
  const checker = program.getTypeChecker();
  const local = checker.getSymbolAtLocation(name);
  if (local === undefined) return undefined;
  const symbol = (local.flags & ts.SymbolFlags.Alias) === 0 ? local : checker.getAliasedSymbol(local);
  return names.has(symbol.name) ? aliases.get(symbol) : undefined;
}
