/**
 * Properties that a mapped type makes of another type's: under another name (`{ [K in keyof T as `get${K}`]: () => T[K] }`),
 * or with their value beside other things (`{ [K in keyof T]: { value: T[K]; error: string } }`, `Field<T[K]>`).
 */
import type ts from "typescript";
import type { Project } from "../project/project.js";

/** What the checker keeps of a property that a mapped type has made. */
interface MappedSymbol {
  readonly links?: {
    readonly mappedType?: { readonly declaration?: ts.MappedTypeNode };
    readonly syntheticOrigin?: ts.Symbol;
  };
}

type Places = readonly (readonly string[])[];

/** Types within types within types. */
const deepest = 4;
/** A mapped type of a mapped type of a mapped type. */
const mostSteps = 6;
const itself: Places = [[]];

/** The property that one of another name was made of. */
export function renamedFrom(property: ts.Symbol): ts.Symbol | undefined {
  let symbol: ts.Symbol | undefined = property;
  for (let steps = 0; symbol?.declarations === undefined && steps < mostSteps; steps++)
    symbol = (symbol as MappedSymbol | undefined)?.links?.syntheticOrigin;
  return symbol === property ? undefined : symbol;
}

/** Where in the property's value the other type's property is; null where it is the value itself, or it is not known. */
export function placesInMapped(project: Project, property: ts.Symbol): Places | null {
  let symbol: ts.Symbol | undefined = property;
  for (let steps = 0; symbol !== undefined && steps < mostSteps; steps++) {
    const links: MappedSymbol["links"] = (symbol as MappedSymbol).links;
    const declaration = links?.mappedType?.declaration;
    if (declaration?.type === undefined) return null;
    const key = declaration.typeParameter.name.text;
    const places = placesIn(project, declaration.type, (node) => isReadBy(project, node, key), 0);
    if (places.length > 0 && places.every(({ length }) => length > 0)) return places;
    symbol = links?.syntheticOrigin;
  }
  return null;
}

/** `T[K]` of the key */
function isReadBy({ ts }: Project, node: ts.TypeNode, key: string): boolean {
  return ts.isIndexedAccessTypeNode(node) && namesParameter(ts, node.indexType, key);
}

function namesParameter(api: typeof ts, node: ts.TypeNode, name: string): boolean {
  return (
    api.isTypeReferenceNode(node) &&
    node.typeArguments === undefined &&
    api.isIdentifier(node.typeName) &&
    node.typeName.text === name
  );
}

function placesIn(
  project: Project,
  node: ts.TypeNode,
  isMeant: (node: ts.TypeNode) => boolean,
  depth: number,
): Places {
  const { ts } = project;
  if (isMeant(node)) return itself;
  if (ts.isParenthesizedTypeNode(node)) return placesIn(project, node.type, isMeant, depth);
  if (depth > deepest) return [];
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node))
    return node.types.flatMap((each) => placesIn(project, each, isMeant, depth));
  if (ts.isTypeLiteralNode(node)) return placesInMembers(project, node.members, isMeant, depth);
  if (ts.isTypeReferenceNode(node)) return placesInReference(project, node, isMeant, depth);
  const isWithin = (inner: ts.Node): boolean =>
    (ts.isTypeNode(inner) && isMeant(inner)) || ts.forEachChild(inner, isWithin) === true;
  return isWithin(node) ? itself : [];
}

function placesInMembers(
  project: Project,
  members: readonly ts.TypeElement[],
  isMeant: (node: ts.TypeNode) => boolean,
  depth: number,
): Places {
  const { ts } = project;
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || member.type === undefined) return [];
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : null;
    if (name === null) return [];
    return placesIn(project, member.type, isMeant, depth + 1).map((place) => [name, ...place]);
  });
}

/** `Field<T[K]>`: where the type that is named there puts its own parameter. */
function placesInReference(
  project: Project,
  node: ts.TypeReferenceNode,
  isMeant: (node: ts.TypeNode) => boolean,
  depth: number,
): Places {
  const { ts } = project;
  const given = node.typeArguments ?? [];
  const held = given.map((each) => placesIn(project, each, isMeant, depth + 1).length > 0);
  if (!held.includes(true)) return [];
  const declaration = declarationOf(project, node.typeName);
  if (declaration === undefined) return itself;
  const names = new Set(
    (declaration.typeParameters ?? []).flatMap(({ name }, index) =>
      held[index] === true ? [name.text] : [],
    ),
  );
  const isParameter = (each: ts.TypeNode): boolean =>
    [...names].some((name) => namesParameter(ts, each, name));
  return ts.isInterfaceDeclaration(declaration)
    ? placesInMembers(project, declaration.members, isParameter, depth + 1)
    : placesIn(project, declaration.type, isParameter, depth + 1);
}

/** An alias or an interface of own code. */
function declarationOf(
  project: Project,
  name: ts.EntityName,
): ts.TypeAliasDeclaration | ts.InterfaceDeclaration | undefined {
  const { ts } = project;
  const checker = project.checkerFor("");
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return undefined;
  const meant = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  return meant.declarations?.find(
    (each): each is ts.TypeAliasDeclaration | ts.InterfaceDeclaration =>
      (ts.isTypeAliasDeclaration(each) || ts.isInterfaceDeclaration(each)) &&
      project.originOf(each.getSourceFile()).kind === "own",
  );
}
