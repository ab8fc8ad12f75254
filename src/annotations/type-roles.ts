/** The parts of a type that are of a type with roles: `{ child: Child; permit: Permit }`, whose `permit` proves something. */
import type ts from "typescript";
import type { AnnotationTable, DeclarationId } from "../contracts/annotation.js";
import type { RolePart } from "../contracts/resolver.js";
import type { Project } from "../project/project.js";
import { idsOf } from "./declaration-sites.js";

/** Options lie in what a function is given, and seldom deeper than in one of its parts. */
const mostDepth = 2;
/** Types of the library that are what they are made of. */
const sameTypes = new Set(["Readonly", "Required", "NonNullable"]);

export class TypeRoles {
  readonly #checker: ts.TypeChecker;

  constructor(
    readonly project: Project,
    readonly annotations: AnnotationTable,
  ) {
    this.#checker = project.program.getTypeChecker();
  }

  of(type: ts.Type): readonly RolePart[] {
    return this.#walk(type, [], []);
  }

  #walk(type: ts.Type, path: readonly string[], above: readonly ts.Type[]): RolePart[] {
    const { TypeFlags } = this.project.ts;
    if (above.includes(type)) return [];
    const own = this.#marked([type.aliasSymbol, type.getSymbol()]);
    if (own.length > 0)
      return this.#isAsked(type) ? [] : own.map((declaration) => ({ path, declaration, missing: [] }));
    const inside = [...above, type];
    const same = this.#sameAs(type);
    if (same !== undefined) return this.#walk(same, path, inside);
    if ((type.flags & TypeFlags.Instantiable) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint === undefined ? [] : this.#walk(constraint, path, inside);
    }
    if (type.isUnion()) return this.#inEach(type, path, inside);
    if (type.isIntersection()) return type.types.flatMap((each) => this.#walk(each, path, inside));
    if ((type.flags & TypeFlags.Object) === 0) return [];
    const based = (this.#checker.getBaseTypes(type as ts.InterfaceType) as ts.Type[] | undefined) ?? [];
    const bases = type.isClassOrInterface() ? based.flatMap((each) => this.#walk(each, path, inside)) : [];
    return bases.some((part) => part.path.length === path.length)
      ? bases
      : this.#inProperties(type, path, inside);
  }

  /** What is there whichever of them it is; nothing is told of apart. */
  #inEach(union: ts.UnionType, path: readonly string[], above: readonly ts.Type[]): RolePart[] {
    const { TypeFlags } = this.project.ts;
    const missing = union.types.flatMap((each) =>
      (each.flags & TypeFlags.Null) !== 0
        ? [null]
        : (each.flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0
          ? [undefined]
          : [],
    );
    const [first = [], ...others] = union.types
      .filter((each) => (each.flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)) === 0)
      .map((each) => this.#walk(each, path, above));
    return first
      .filter((part) => others.every((parts) => parts.some((each) => isSame(each, part))))
      .map((part) => ({ ...part, missing: [...part.missing, ...missing] }));
  }

  #inProperties(type: ts.Type, path: readonly string[], above: readonly ts.Type[]): RolePart[] {
    const { ts } = this.project;
    if (path.length >= mostDepth || this.#isForeign(type)) return [];
    return this.#checker.getPropertiesOfType(type).flatMap((property) => {
      if ((property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Prototype)) !== 0) return [];
      const parts = this.#walk(this.#checker.getTypeOfSymbol(property), [...path, property.name], above);
      return (property.flags & ts.SymbolFlags.Optional) === 0
        ? parts
        : parts.map((part) => ({ ...part, missing: [...new Set([...part.missing, undefined])] }));
    });
  }

  /** An object of the type is there to be asked (`gate.ask(id)`): that there is one says nothing. */
  #isAsked(type: ts.Type): boolean {
    const { ts } = this.project;
    return this.#checker.getPropertiesOfType(type).some((property) => {
      if ((property.flags & ts.SymbolFlags.Method) === 0) return false;
      const signatures = this.#checker
        .getTypeOfSymbol(property)
        .getCallSignatures()
        .filter(({ declaration }) => declaration !== undefined && this.#isOwn(declaration));
      return signatures.some((signature) => {
        const result = signature.getReturnType();
        const isAnswer = (result.flags & (ts.TypeFlags.BooleanLike | ts.TypeFlags.Void)) !== 0;
        return result.getSymbol()?.name === "Promise" || (isAnswer && signature.parameters.length > 0);
      });
    });
  }

  /** Of the library or a package; what is made of own types by mapping is own. */
  #isForeign(type: ts.Type): boolean {
    const { ObjectFlags } = this.project.ts;
    const isMapped = ((type as ts.ObjectType).objectFlags & ObjectFlags.Mapped) !== 0;
    const declaration = isMapped ? undefined : type.getSymbol()?.declarations?.[0];
    return declaration !== undefined && !this.#isOwn(declaration);
  }

  #isOwn(declaration: ts.Node): boolean {
    return this.project.originOf(declaration.getSourceFile()).kind === "own";
  }

  #sameAs(type: ts.Type): ts.Type | undefined {
    const symbol = type.aliasSymbol;
    const isSame = symbol !== undefined && sameTypes.has(symbol.name);
    return isSame ? type.aliasTypeArguments?.[0] : undefined;
  }

  #marked(symbols: readonly (ts.Symbol | undefined)[]): DeclarationId[] {
    const declarations = symbols.flatMap((symbol) => symbol?.declarations ?? []);
    const ids = declarations.flatMap((declaration) => idsOf(this.project, declaration));
    return [...new Set(ids)].filter((id) => this.annotations.roleTypes?.has(id) === true);
  }
}

function isSame(one: RolePart, other: RolePart): boolean {
  return one.declaration === other.declaration && one.path.join("\0") === other.path.join("\0");
}

/** `find(id)!`, as it stands or as what the name here is given: by its type it may be nothing. */
export function isForced(project: Project, node: ts.Node): boolean {
  const { ts } = project;
  let value: ts.Node | undefined =
    (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)) &&
    node.parent.name === node
      ? node.parent.initializer
      : node;
  while (value !== undefined && ts.isParenthesizedExpression(value)) value = value.expression;
  if (value === undefined || !ts.isNonNullExpression(value)) return false;
  const type = project.program.getTypeChecker().getTypeAtLocation(value.expression);
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void;
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & nothing) !== 0);
}
