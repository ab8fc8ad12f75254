/**
 * Properties by which rows lead to each other: `trips` of a decorated class of sailors, by a decorator that says so or
 * because its trips have a `sailor` again. An object of such a class does not hold the other rows by itself; what is
 * read there is found where it is read.
 */
import type ts from "typescript";
import type { Project } from "../project/project.js";
import { isRelation } from "./relation-decorators.js";

export class EntityLinks {
  readonly #checker: ts.TypeChecker;
  readonly #known = new Map<ts.Symbol, boolean>();

  constructor(readonly project: Project) {
    this.#checker = project.program.getTypeChecker();
  }

  isLink(property: ts.Symbol): boolean {
    let known = this.#known.get(property);
    if (known === undefined) this.#known.set(property, (known = this.#find(property)));
    return known;
  }

  #find(property: ts.Symbol): boolean {
    const home = this.#decoratedHome(property);
    const other = home === null ? null : this.#classBehind(property);
    const declared = declarationOf(property);
    if (other === null || declared === undefined) return false;
    return isRelation(this.project.ts, declared) || this.#leadsTo(other, home);
  }

  #leadsTo(from: ts.ClassLikeDeclaration, to: ts.ClassLikeDeclaration | null): boolean {
    const { ts } = this.project;
    return from.members.some((member) => {
      if (!ts.isPropertyDeclaration(member) || !this.#isDecorated(member)) return false;
      const symbol = this.#checker.getSymbolAtLocation(member.name);
      return symbol !== undefined && this.#classBehind(symbol) === to;
    });
  }

  /** The decorated class that declares it, if it is decorated itself. */
  #decoratedHome(property: ts.Symbol): ts.ClassLikeDeclaration | null {
    const { ts } = this.project;
    const declared = declarationOf(property);
    return declared !== undefined &&
      ts.isPropertyDeclaration(declared) &&
      this.#isDecorated(declared) &&
      this.#isDecorated(declared.parent)
      ? declared.parent
      : null;
  }

  /** The decorated class whose objects it holds: itself, in a list, or when they come. */
  #classBehind(property: ts.Symbol): ts.ClassLikeDeclaration | null {
    const { ts } = this.project;
    let type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
    for (let depth = 0; depth < 3; depth++) {
      const declared = type.getSymbol()?.valueDeclaration;
      if (declared !== undefined && ts.isClassLike(declared) && this.#isDecorated(declared)) return declared;
      const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
      const [inner] = isReference ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
      if (inner === undefined) return null;
      type = this.#checker.getNonNullableType(inner);
    }
    return null;
  }

  #isDecorated(node: ts.Node): boolean {
    const { ts } = this.project;
    return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
  }
}

/** Those of a mapped type (`Partial<Sailor>`) are declared where they come from. */
function declarationOf({ valueDeclaration, declarations }: ts.Symbol): ts.Declaration | undefined {
  return valueDeclaration ?? declarations?.[0];
}
