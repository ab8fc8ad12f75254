import type ts from "typescript";
import type { Project } from "../project/project.js";

/**
 * What a property of a marked type is: data, an anonymous object whose own properties are meant, or something
 * that is not meant (a method, an object of another named type of the project).
 */
export type DataKind = "data" | "nested" | "other";

const containers = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "ReadonlySet",
  "Map",
  "ReadonlyMap",
  "WeakMap",
  "WeakSet",
  "Promise",
  "PromiseLike",
  "Iterable",
  "AsyncIterable",
  "Iterator",
  "Generator",
]);
/** Containers that an anonymous element type is looked into through. */
const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Promise", "PromiseLike"]);

export function dataKindOf(project: Project, type: ts.Type, depth = 0): DataKind {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return "data";
  const plain = checker.getNonNullableType(type);
  if (depth > 6) return "other";
  if ((plain.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const constraint = checker.getBaseConstraintOfType(plain);
    return constraint === undefined || (constraint.flags & ts.TypeFlags.Unknown) !== 0
      ? "data"
      : dataKindOf(project, constraint, depth + 1);
  }
  if (plain.isUnion()) return strongest(plain.types.map((each) => dataKindOf(project, each, depth + 1)));
  if (plain.isIntersection()) return intersectionKind(project, plain, depth);
  if ((plain.flags & ts.TypeFlags.Object) === 0)
    return (plain.flags & ts.TypeFlags.Never) === 0 ? "data" : "other";
  return objectKind(project, plain, depth);
}

function strongest(kinds: readonly DataKind[]): DataKind {
  return kinds.includes("data") ? "data" : kinds.includes("nested") ? "nested" : "other";
}

/** A branded primitive is its primitive; of objects, one named one makes the whole a named one. */
function intersectionKind(project: Project, type: ts.IntersectionType, depth: number): DataKind {
  const { ts } = project;
  if (type.types.some((each) => (each.flags & ts.TypeFlags.Object) === 0)) return "data";
  const kinds = type.types.map((each) => dataKindOf(project, each, depth + 1));
  if (isOwnAlias(project, type)) return "other";
  return kinds.includes("other") ? "other" : strongest(kinds);
}

function objectKind(project: Project, type: ts.Type, depth: number): DataKind {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const elements = elementTypes(project, type);
  if (elements !== undefined) {
    const kinds = elements.map((each) => dataKindOf(project, each, depth + 1));
    return kinds.length === 0 ? "data" : kinds.includes("other") ? "other" : strongest(kinds);
  }
  if (isOwnAlias(project, type)) return "other";
  const symbol = type.getSymbol();
  const declaration = symbol?.declarations?.[0];
  const origin = declaration === undefined ? undefined : project.originOf(declaration.getSourceFile());
  if (
    origin?.kind === "own" &&
    symbol !== undefined &&
    (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0
  )
    return "other";
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) return "other";
  const named =
    symbol !== undefined && (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
  // A type of the library or a package (`Date`, `Decimal`) is data, unless it wraps one of the project's (`Relation<Guardian>`).
  if (named) return wrapsOwn(project, type, depth) ? "other" : "data";
  if (wrapsOwn(project, type, depth)) return "other";
  const index =
    checker.getIndexTypeOfType(type, ts.IndexKind.String) ??
    checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (checker.getPropertiesOfType(type).length > 0) return "nested";
  return index !== undefined && dataKindOf(project, index, depth + 1) === "other" ? "other" : "data";
}

function wrapsOwn(project: Project, type: ts.Type, depth: number): boolean {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const isReference =
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
  const given = [
    ...(type.aliasTypeArguments ?? []),
    ...(isReference ? checker.getTypeArguments(type as ts.TypeReference) : []),
  ];
  return given.some(
    (each) =>
      each !== type &&
      (each.flags & ts.TypeFlags.Object) !== 0 &&
      dataKindOf(project, each, depth + 1) === "other",
  );
}

/** An alias of the project names an object type as an interface does. */
function isOwnAlias(project: Project, type: ts.Type): boolean {
  const declaration = type.aliasSymbol?.declarations?.[0];
  return declaration !== undefined && project.originOf(declaration.getSourceFile()).kind === "own";
}

/** Element types of arrays, tuples, sets, maps and promises; undefined for everything else. */
function elementTypes(project: Project, type: ts.Type): readonly ts.Type[] | undefined {
  const checker = project.program.getTypeChecker();
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return checker.getTypeArguments(type as ts.TypeReference);
  const symbol = type.getSymbol();
  if (symbol === undefined || !containers.has(symbol.name) || !isLibrary(project, symbol)) return undefined;
  const given = checker.getTypeArguments(type as ts.TypeReference);
  return symbol.name.endsWith("Map") ? given.slice(1, 2) : given.slice(0, 1);
}

/** The object type that an anonymous property type comes down to, through lists and `null`. */
export function nestedType(project: Project, type: ts.Type): ts.Type {
  const checker = project.program.getTypeChecker();
  const plain = checker.getNonNullableType(type);
  if (plain.isUnion()) {
    const object = plain.types.find((each) => dataKindOf(project, each) === "nested");
    return object === undefined ? plain : nestedType(project, object);
  }
  const symbol = plain.getSymbol();
  const isList =
    checker.isArrayType(plain) ||
    (symbol !== undefined && lists.has(symbol.name) && isLibrary(project, symbol));
  const element = isList ? checker.getTypeArguments(plain as ts.TypeReference)[0] : undefined;
  return element === undefined ? plain : nestedType(project, element);
}

export function isLibrary(project: Project, symbol: ts.Symbol): boolean {
  const declaration = symbol.declarations?.[0];
  return declaration !== undefined && project.originOf(declaration.getSourceFile()).kind === "library";
}
