import type ts from "typescript";
import type { TypeShape } from "../contracts/resolver.js";
import type { Project } from "../project/project.js";
import { walkTree } from "../project/walk-tree.js";
import { idOfName, nameNodes } from "./declaration-sites.js";

const mostDepth = 4;

/** Types as the solver names them: by stable key, with the classes that stand behind an interface. */
export class TypeShapes {
  readonly #checker: ts.TypeChecker;
  #below: ReadonlyMap<ts.Symbol, readonly ts.Symbol[]> | undefined;

  constructor(readonly project: Project) {
    this.#checker = project.program.getTypeChecker();
  }

  of(type: ts.Type): readonly TypeShape[] {
    const found = new Map<string, TypeShape>();
    for (const shape of this.#shapes(type, 0)) {
      const key = JSON.stringify(shape);
      if (!found.has(key)) found.set(key, shape);
    }
    return [...found.values()];
  }

  #shapes(type: ts.Type, depth: number): TypeShape[] {
    const { ts } = this.project;
    if (
      depth > mostDepth ||
      (type.flags &
        (ts.TypeFlags.Any |
          ts.TypeFlags.Unknown |
          ts.TypeFlags.Never |
          ts.TypeFlags.Null |
          ts.TypeFlags.Undefined |
          ts.TypeFlags.Void)) !==
        0
    )
      return [];
    const alias = this.#aliasShape(type, depth);
    if (
      type.isUnion() &&
      (type.flags & ts.TypeFlags.Boolean) === 0 &&
      (type.flags & ts.TypeFlags.EnumLike) === 0
    )
      return [...alias, ...type.types.flatMap((each) => this.#shapes(each, depth))];
    const primitive = this.#primitive(type);
    if (primitive !== undefined) return [primitive];
    if (type.isIntersection()) return [...alias, ...type.types.flatMap((each) => this.#shapes(each, depth))];
    if ((type.flags & ts.TypeFlags.Instantiable) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? [] : this.#shapes(constraint, depth + 1);
    }
    return [...alias, ...this.#named(type, depth)];
  }

  #primitive(type: ts.Type): TypeShape | undefined {
    const { ts } = this.project;
    const kinds: readonly (readonly [number, string])[] = [
      [ts.TypeFlags.StringLike, "string"],
      [ts.TypeFlags.NumberLike, "number"],
      [ts.TypeFlags.BooleanLike, "boolean"],
      [ts.TypeFlags.BigIntLike, "bigint"],
      [ts.TypeFlags.ESSymbolLike, "symbol"],
    ];
    const name = kinds.find(([flags]) => (type.flags & flags) !== 0)?.[1];
    return name === undefined ? undefined : { key: `lib#${name}`, declaration: null, arguments: [] };
  }

  #aliasShape(type: ts.Type, depth: number): TypeShape[] {
    const symbol = type.aliasSymbol;
    const declaration = symbol?.declarations?.[0];
    if (
      symbol === undefined ||
      declaration === undefined ||
      this.project.originOf(declaration.getSourceFile()).kind !== "own"
    )
      return [];
    return [this.#shape(symbol, type.aliasTypeArguments ?? [], depth)].filter((shape) => shape !== undefined);
  }

  #named(type: ts.Type, depth: number): TypeShape[] {
    const { ts } = this.project;
    if (this.#checker.isTupleType(type))
      return [
        {
          key: "lib#Array",
          declaration: null,
          arguments: this.#checker
            .getTypeArguments(type as ts.TypeReference)
            .flatMap((each) => this.#shapes(each, depth + 1)),
        },
      ];
    const symbol = type.getSymbol();
    if (symbol === undefined || (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0)
      return [];
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    const own = this.#shape(symbol, isReference ? this.#ownArguments(type as ts.TypeReference) : [], depth);
    if (own === undefined) return [];
    return [
      own,
      ...this.#descendants(symbol)
        .map((each) => this.#shape(each, [], depth))
        .filter((shape) => shape !== undefined),
    ];
  }

  /** The checker adds `this` as a last argument, and stand-ins have parameters that nobody gave. */
  #ownArguments(type: ts.TypeReference): readonly ts.Type[] {
    const { ts } = this.project;
    const given = this.#checker.getTypeArguments(type).slice(0, type.target.typeParameters?.length ?? 0);
    const last = given.findLastIndex((each) => (each.flags & ts.TypeFlags.Any) === 0);
    return given.slice(0, last + 1);
  }

  #shape(symbol: ts.Symbol, given: readonly ts.Type[], depth: number): TypeShape | undefined {
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined) return undefined;
    const isOwn = this.project.originOf(declaration.getSourceFile()).kind === "own";
    const name = nameNodes(this.project.ts, declaration)[0] ?? declaration;
    const id = idOfName(this.project, name);
    const key = this.project.symbolKeyOf(symbol) ?? `file:${id}`;
    const [steady, count] = steadyLibraryType(key);
    return {
      key: steady,
      declaration: isOwn ? id : null,
      arguments: given.slice(0, count).map((each) => this.#argument(each, depth + 1)),
    };
  }

  #argument(type: ts.Type, depth: number): TypeShape {
    return this.#shapes(type, depth)[0] ?? { key: "lib#unknown", declaration: null, arguments: [] };
  }

  /** Classes of the project that implement an interface or extend a class, at any distance. */
  #descendants(symbol: ts.Symbol): readonly ts.Symbol[] {
    this.#below ??= this.#readHeritage();
    const found = new Set<ts.Symbol>();
    const queue = [...(this.#below.get(symbol) ?? [])];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(...(this.#below.get(next) ?? []));
    }
    return [...found].filter((each) => (each.flags & this.project.ts.SymbolFlags.Class) !== 0);
  }

  #readHeritage(): Map<ts.Symbol, ts.Symbol[]> {
    const { ts } = this.project;
    const below = new Map<ts.Symbol, ts.Symbol[]>();
    for (const { path, text, role } of this.project.files) {
      const source =
        role === "test" || !/\b(?:implements|extends)\b/.test(text)
          ? undefined
          : this.project.sourceFile(path);
      if (source === undefined) continue;
      walkTree(ts, source, (node) => {
        if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) this.#addHeritage(node, below);
      });
    }
    return below;
  }

  #addHeritage(
    node: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
    below: Map<ts.Symbol, ts.Symbol[]>,
  ): void {
    const own =
      node.name === undefined
        ? (node as { symbol?: ts.Symbol }).symbol
        : this.#checker.getSymbolAtLocation(node.name);
    if (own === undefined) return;
    for (const { types } of node.heritageClauses ?? []) {
      for (const each of types) {
        const above = this.#checker.getTypeAtLocation(each).getSymbol();
        if (above !== undefined) below.set(above, [...(below.get(above) ?? []), own]);
      }
    }
  }
}

const argumentCounts: Readonly<Record<string, number>> = { Map: 2, ReadonlyMap: 2, WeakMap: 2 };
const containers =
  /^(?:Array|ReadonlyArray|Set|ReadonlySet|WeakSet|Promise|PromiseLike|Iterable|AsyncIterable|IterableIterator|AsyncIterableIterator|Map|ReadonlyMap|WeakMap)$/;

/**
 * The library names iterators differently from version to version and gives more types parameters; the same
 * code must have the same shape under each.
 */
function steadyLibraryType(key: string): readonly [key: string, argumentCount: number] {
  if (!key.startsWith("lib#")) return [key, Number.MAX_SAFE_INTEGER];
  const name = key.slice("lib#".length);
  if (/^Async\w*(?:Iterator|Generator)$/.test(name)) return ["lib#AsyncIterableIterator", 1];
  if (/^\w*Iterator$|^Generator$|^IteratorObject$/.test(name)) return ["lib#IterableIterator", 1];
  return [key, containers.test(name) ? (argumentCounts[name] ?? 1) : 0];
}
