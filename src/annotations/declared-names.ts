import type ts from "typescript";
import type { Project } from "../project/project.js";
import { isLibrary } from "./data-kind.js";

const mostDepth = 6;
const wrappers = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Promise", "PromiseLike"]);

/**
 * The properties that values of a type have, where the project itself declares the whole type; null where a part
 * of it is open or comes from elsewhere. Lists and promises are looked into.
 */
export class DeclaredNames {
  readonly #checker: ts.TypeChecker;

  constructor(readonly project: Project) {
    this.#checker = project.program.getTypeChecker();
  }

  of(type: ts.Type, depth = 0): ReadonlySet<string> | null {
    const { ts } = this.project;
    const plain = this.#checker.getNonNullableType(type);
    if (depth > mostDepth) return null;
    if (plain.isUnion()) return this.#together(plain.types, depth);
    if (plain.isIntersection()) return this.#isOpen(plain) ? null : this.#together(plain.types, depth);
    if ((plain.flags & ts.TypeFlags.Object) === 0) return null;
    const element = this.#elementOf(plain);
    if (element !== undefined) return this.of(element, depth + 1);
    return this.#isOpen(plain) ? null : this.#properties(plain);
  }

  #together(types: readonly ts.Type[], depth: number): ReadonlySet<string> | null {
    const found = new Set<string>();
    for (const each of types) {
      const names = this.of(each, depth + 1);
      if (names === null) return null;
      for (const name of names) found.add(name);
    }
    return found;
  }

  #elementOf(type: ts.Type): ts.Type | undefined {
    const symbol = type.getSymbol();
    if (symbol === undefined || !wrappers.has(symbol.name) || !isLibrary(this.project, symbol))
      return undefined;
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0];
  }

  /** Keys that the type does not name, or an ancestor that is not known. */
  #isOpen(type: ts.Type): boolean {
    const { ts } = this.project;
    return (
      this.#checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined ||
      this.#checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0 ||
      !this.#isOwn(type.getSymbol())
    );
  }

  #properties(type: ts.Type): ReadonlySet<string> | null {
    const found = new Set<string>();
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const declarations = property.declarations ?? [];
      if (declarations.length === 0) return null;
      for (const declaration of declarations) {
        if (this.project.originOf(declaration.getSourceFile()).kind !== "own") return null;
        if (this.#hasUnknownAncestor(declaration.parent)) return null;
      }
      found.add(property.name);
    }
    return found;
  }

  /** An anonymous or mapped type is judged by its properties; an interface or class has ancestors too. */
  #isOwn(symbol: ts.Symbol | undefined): boolean {
    const { ts } = this.project;
    if (symbol === undefined || (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0)
      return true;
    return (symbol.declarations ?? []).every(
      (declaration) =>
        this.project.originOf(declaration.getSourceFile()).kind === "own" &&
        !this.#hasUnknownAncestor(declaration),
    );
  }

  #hasUnknownAncestor(node: ts.Node): boolean {
    const { ts } = this.project;
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return false;
    return (node.heritageClauses ?? []).some(
      ({ token, types }) =>
        (token === ts.SyntaxKind.ExtendsKeyword || ts.isInterfaceDeclaration(node)) &&
        types.some((each) => {
          const above = this.#checker.getTypeAtLocation(each);
          return (above.flags & ts.TypeFlags.Any) !== 0 || this.of(above, mostDepth) === null;
        }),
    );
  }
}
