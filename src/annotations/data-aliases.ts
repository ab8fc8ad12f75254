import type ts from "typescript";
import type { Project } from "../project/project.js";
import { declaredWith, forEachTypeReference } from "./brand-reader.js";
import { addMarks, type CollectedMarks } from "./collect-marks.js";
import { isChildData, type Marks, noMarks } from "./marks.js";
import { isObjectAlias } from "./object-alias.js";

/**
 * A marked alias of a primitive, a list or a standard type (`type Phone = ChildData<string, "contact">`), and a
 * marked enum, leave no trace in the checker's types: what is declared with the name is marked instead.
 */
export function markAliasUses(project: Project, collected: CollectedMarks): void {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const aliases = new Map<ts.Symbol, Marks>();
  const add = (declaration: ts.Node, marks: Marks): boolean => {
    if (
      !isChildData(marks) ||
      !(
        ts.isTypeAliasDeclaration(declaration) ||
        ts.isEnumDeclaration(declaration) ||
        ts.isJSDocTypedefTag(declaration)
      )
    )
      return false;
    const symbol = declaration.name === undefined ? undefined : checker.getSymbolAtLocation(declaration.name);
    if (symbol === undefined || aliases.has(symbol)) return false;
    if (!ts.isEnumDeclaration(declaration) && isObjectAlias(project, checker.getDeclaredTypeOfSymbol(symbol)))
      return false;
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
      forEachTypeReference(ts, source, (reference) => {
        const marks = aliasMarks(project, reference, aliases, names);
        if (marks === undefined) return;
        for (const declaration of declaredWith(ts, reference)) {
          if (
            isChildData(collected.marks.get(declaration)) ||
            collected.marks.get(declaration)?.notChildData !== undefined
          )
            continue;
          addMarks(collected, declaration, {
            ...noMarks(),
            category: marks.category ?? null,
            form: marks.form ?? "tag",
            ...wordsOf(marks),
          });
          grown = add(declaration, collected.marks.get(declaration) ?? noMarks()) || grown;
        }
      });
    }
  }
}

function wordsOf({ purposes, retention }: Marks): Partial<Marks> {
  return {
    ...(purposes === undefined ? {} : { purposes }),
    ...(retention === undefined ? {} : { retention }),
  };
}

function aliasMarks(
  { ts, program }: Project,
  reference: ts.TypeReferenceNode | ts.ImportTypeNode,
  aliases: ReadonlyMap<ts.Symbol, Marks>,
  names: ReadonlySet<string>,
): Marks | undefined {
  if (!ts.isTypeReferenceNode(reference)) return undefined;
  const name = ts.isIdentifier(reference.typeName) ? reference.typeName : reference.typeName.right;
  const checker = program.getTypeChecker();
  const local = checker.getSymbolAtLocation(name);
  if (local === undefined) return undefined;
  const symbol = (local.flags & ts.SymbolFlags.Alias) === 0 ? local : checker.getAliasedSymbol(local);
  return names.has(symbol.name) ? aliases.get(symbol) : undefined;
}
