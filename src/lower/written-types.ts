/** Written types as data, from annotations and, in JavaScript, from JSDoc. Nothing is resolved. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { TypeParameter } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import { isChildDataName, type ChildDataNames } from "../project/annotations-import.js";
import type { TypeScript } from "../project/typescript-instance.js";

/** What reading types needs of the file. */
export interface TypeSource {
  readonly ts: TypeScript;
  readonly source: ts.SourceFile;
  readonly isJavaScript: boolean;
  readonly mention: (specifier: string) => void;
  readonly childDataNames: ChildDataNames;
}

const other: TypeReference = { kind: "other" };

export function readTypes(file: TypeSource, nodes: readonly ts.TypeNode[] | undefined): TypeReference[] {
  return (nodes ?? []).map((node) => readType(file, node));
}

/** The type of a variable, parameter or field as written, or null. */
export function readDeclaredType(
  file: TypeSource,
  node: ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration,
): TypeReference | null {
  if (node.type !== undefined) return readType(file, node.type);
  const type = file.isJavaScript ? file.ts.getJSDocType(node) : undefined;
  return type === undefined ? null : readType(file, type);
}

/** `toys = new Collection<Toy>(this)`: what is made says what it holds. */
export function readMadeType(
  file: TypeSource,
  { initializer }: ts.PropertyDeclaration,
): TypeReference | null {
  if (initializer === undefined || !file.ts.isNewExpression(initializer)) return null;
  const name = initializer.typeArguments === undefined ? null : dottedName(file.ts, initializer.expression);
  return name === null
    ? null
    : { kind: "named", name, arguments: readTypes(file, initializer.typeArguments) };
}

/** `<T extends PgTable>`, in JavaScript from `@template`. */
export function readTypeParameters(
  file: TypeSource,
  node: ts.DeclarationWithTypeParameters,
): readonly TypeParameter[] {
  return file.ts.getEffectiveTypeParameterDeclarations(node).map(({ name, constraint }) => ({
    name: name.text,
    constraint: constraint === undefined ? null : readType(file, constraint),
  }));
}

export function readReturnType(file: TypeSource, node: ts.FunctionLikeDeclaration): TypeReference | null {
  if (node.type !== undefined) return readType(file, node.type);
  const type = file.isJavaScript ? file.ts.getJSDocReturnType(node) : undefined;
  return type === undefined ? null : readType(file, type);
}

/** `extends Base<T>` and `implements Port<T>`; `other` where the expression is no dotted name. */
export function readHeritage(file: TypeSource, node: ts.ExpressionWithTypeArguments): TypeReference {
  const name = dottedName(file.ts, node.expression);
  return name === null ? other : { kind: "named", name, arguments: readTypes(file, node.typeArguments) };
}

function dottedName(ts: TypeScript, node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isQualifiedName(node)) {
    const left = dottedName(ts, node.left);
    return left === null ? null : `${left}.${node.right.text}`;
  }
  if (ts.isPropertyAccessExpression(node)) {
    const left = dottedName(ts, node.expression);
    return left === null ? null : `${left}.${node.name.text}`;
  }
  return null;
}

export function readType(file: TypeSource, node: ts.TypeNode): TypeReference {
  const { ts } = file;
  const branded = readBranded(file, node);
  if (branded !== null) return branded;
  if (ts.isTypeReferenceNode(node)) {
    return {
      kind: "named",
      name: dottedName(ts, node.typeName) ?? "",
      arguments: readTypes(file, node.typeArguments),
    };
  }
  if (ts.isArrayTypeNode(node)) return { kind: "array", element: readType(file, node.elementType) };
  if (ts.isUnionTypeNode(node)) return { kind: "union", members: readTypes(file, node.types) };
  if (ts.isIntersectionTypeNode(node)) return { kind: "intersection", members: readTypes(file, node.types) };
  if (ts.isTupleTypeNode(node)) return { kind: "tuple", elements: readTypes(file, node.elements) };
  if (ts.isTypeLiteralNode(node)) return readMembers(file, node.members);
  if (ts.isIndexedAccessTypeNode(node))
    return {
      kind: "indexed",
      object: readType(file, node.objectType),
      index: readType(file, node.indexType),
    };
  if (ts.isFunctionTypeNode(node))
    return { kind: "function", result: readType(file, node.type), ...parametersOf(file, node) };
  if (ts.isExpressionWithTypeArguments(node)) return readHeritage(file, node);
  return (
    readWrapped(file, node) ??
    readLiteral(file, node) ??
    readQuery(file, node) ??
    readJsDocType(file, node) ??
    readKeyword(file, node)
  );
}

/** `ChildData<T, "contact">` is `T`: the brand is an annotation, not a type of its own. */
function readBranded(file: TypeSource, node: ts.TypeNode): TypeReference | null {
  const { ts } = file;
  if (!ts.isTypeReferenceNode(node) && !ts.isImportTypeNode(node)) return null;
  const name = ts.isTypeReferenceNode(node) ? node.typeName : node;
  const [branded] = node.typeArguments ?? [];
  if (branded === undefined || !isChildDataName(ts, name, file.childDataNames)) return null;
  return readType(file, branded);
}

/** Types that are another type in this respect. */
function readWrapped(file: TypeSource, node: ts.TypeNode): TypeReference | null {
  const { ts } = file;
  if (ts.isParenthesizedTypeNode(node) || ts.isOptionalTypeNode(node)) return readType(file, node.type);
  if (ts.isRestTypeNode(node) || ts.isNamedTupleMember(node)) return readType(file, node.type);
  if (ts.isTypeOperatorNode(node))
    return node.operator === ts.SyntaxKind.KeyOfKeyword ? other : readType(file, node.type);
  if (ts.isTypePredicateNode(node))
    return { kind: "keyword", name: node.assertsModifier === undefined ? "boolean" : "void" };
  return null;
}

function readLiteral(file: TypeSource, node: ts.TypeNode): TypeReference | null {
  const { ts } = file;
  if (!ts.isLiteralTypeNode(node)) return null;
  const { literal } = node;
  if (ts.isStringLiteralLike(literal)) return { kind: "literal", value: literal.text };
  if (ts.isNumericLiteral(literal)) return { kind: "literal", value: Number(literal.text) };
  if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand))
    return { kind: "literal", value: -Number(literal.operand.text) };
  switch (literal.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { kind: "literal", value: true };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: "literal", value: false };
    case ts.SyntaxKind.NullKeyword:
      return { kind: "literal", value: null };
    default:
      return other;
  }
}

/** `typeof x`, and `import("m").T`, whose name keeps the `import("m")` as written. */
function readQuery(file: TypeSource, node: ts.TypeNode): TypeReference | null {
  const { ts } = file;
  if (ts.isTypeQueryNode(node))
    return { kind: "query", name: dottedName(ts, node.exprName) ?? importName(file, node.exprName) };
  if (!ts.isImportTypeNode(node)) return null;
  const name = importName(file, node);
  return node.isTypeOf
    ? { kind: "query", name }
    : { kind: "named", name, arguments: readTypes(file, node.typeArguments) };
}

function importName(file: TypeSource, node: ts.Node): string {
  const { ts } = file;
  if (!ts.isImportTypeNode(node)) return "";
  const argument = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (argument === undefined || !ts.isStringLiteralLike(argument)) return "";
  file.mention(argument.text);
  const qualifier = node.qualifier === undefined ? null : dottedName(ts, node.qualifier);
  return `import("${argument.text}")${qualifier === null ? "" : `.${qualifier}`}`;
}

function readJsDocType(file: TypeSource, node: ts.TypeNode): TypeReference | null {
  const { ts } = file;
  if (ts.isJSDocTypeExpression(node) || ts.isJSDocNonNullableType(node) || ts.isJSDocOptionalType(node))
    return readType(file, node.type);
  if (ts.isJSDocNullableType(node))
    return { kind: "union", members: [readType(file, node.type), { kind: "literal", value: null }] };
  if (ts.isJSDocVariadicType(node)) return { kind: "array", element: readType(file, node.type) };
  if (ts.isJSDocAllType(node) || ts.isJSDocUnknownType(node)) return { kind: "keyword", name: "any" };
  if (ts.isJSDocFunctionType(node))
    return { kind: "function", result: node.type === undefined ? null : readType(file, node.type) };
  if (!ts.isJSDocTypeLiteral(node)) return null;
  const members = (node.jsDocPropertyTags ?? []).flatMap((tag) => {
    const name = ts.isIdentifier(tag.name) ? tag.name : tag.name.right;
    return [
      {
        name: name.text,
        nameAt: spanOf(file, name),
        type: tag.typeExpression === undefined ? null : readType(file, tag.typeExpression),
        ...optional(tag.isBracketed || isOptionalType(file, tag.typeExpression?.type)),
      },
    ];
  });
  const object: TypeReference = { kind: "object", members };
  return node.isArrayType ? { kind: "array", element: object } : object;
}

function readKeyword(file: TypeSource, node: ts.TypeNode): TypeReference {
  const { ts } = file;
  if (ts.isThisTypeNode(node)) return { kind: "keyword", name: "this" };
  const text = ts.tokenToString(node.kind);
  return text === undefined ? other : { kind: "keyword", name: text };
}

function spanOf(file: TypeSource, node: ts.Node): Span {
  return [node.getStart(file.source), node.end];
}

function parametersOf(
  file: TypeSource,
  { parameters }: ts.SignatureDeclarationBase,
): { readonly parameters?: readonly TypeReference[] } {
  const types = parameters.map(({ type }) => (type === undefined ? other : readType(file, type)));
  return types.some(({ kind }) => kind === "named" || kind === "array" || kind === "object")
    ? { parameters: types }
    : {};
}

type Member = Extract<TypeReference, { kind: "object" }>["members"][number];

function optional(isSaid: boolean): Pick<Member, "optional"> {
  return isSaid ? { optional: true } : {};
}

/** `{string=}` of a JSDoc tag. */
function isOptionalType({ ts }: TypeSource, type: ts.TypeNode | undefined): boolean {
  return type !== undefined && ts.isJSDocOptionalType(type);
}

/** The named members of an interface or type literal. */
export function readMembers(file: TypeSource, members: readonly ts.TypeElement[]): TypeReference {
  const { ts } = file;
  const found: Member[] = [];
  let isOpen = false;
  for (const member of members) {
    const { name } = member;
    isOpen ||=
      ts.isIndexSignatureDeclaration(member) || (name !== undefined && ts.isComputedPropertyName(name));
    if (name === undefined || ts.isComputedPropertyName(name)) continue;
    const type = ts.isPropertySignature(member) || ts.isGetAccessor(member) ? member.type : undefined;
    const result =
      ts.isMethodSignature(member) && member.type !== undefined ? readType(file, member.type) : null;
    found.push({
      name: name.text,
      nameAt: spanOf(file, name),
      type: ts.isMethodSignature(member)
        ? { kind: "function", result, ...parametersOf(file, member) }
        : type === undefined
          ? null
          : readType(file, type),
      ...optional(
        (ts.isPropertySignature(member) || ts.isMethodSignature(member)) &&
          member.questionToken !== undefined,
      ),
    });
  }
  return isOpen ? { kind: "object", members: found, open: true } : { kind: "object", members: found };
}
