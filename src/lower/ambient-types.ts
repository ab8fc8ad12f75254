/** `declare const db: Kysely<Tables>`: names of which only the type is there, and which package it is of. */
import type ts from "typescript";
import type { InstructionOf } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { isAmbient } from "./modifiers.js";

export interface AmbientType {
  readonly kind: NonNullable<InstructionOf<"global">["declared"]>;
  /** Where it is of a package. */
  readonly type: ts.TypeNode | null;
}

/** By the names of the variables and functions that a file declares only, on its own level or on that of all files. */
export type AmbientTypes = ReadonlyMap<string, AmbientType>;

type Declaration = ts.VariableStatement | ts.FunctionDeclaration;

const otherwise: AmbientType = { kind: "otherwise", type: null };

const ofLanguage: ReadonlySet<string> = new Set([
  "Array",
  "AsyncIterable",
  "Iterable",
  "Map",
  "Promise",
  "ReadonlyArray",
  "ReadonlyMap",
  "ReadonlySet",
  "Set",
]);

export function ambientTypes(
  ts: TypeScript,
  source: ts.SourceFile,
  imported: ReadonlySet<string>,
): AmbientTypes {
  const found = new Map<string, AmbientType>();
  if (source.isDeclarationFile) return found;
  for (const declaration of declaredOnly(ts, source)) {
    if (ts.isFunctionDeclaration(declaration)) {
      if (declaration.name !== undefined) found.set(declaration.name.text, otherwise);
      continue;
    }
    for (const { name, type } of declaration.declarationList.declarations)
      if (ts.isIdentifier(name)) found.set(name.text, readAmbient(ts, type, imported));
  }
  return found;
}

function declaredOnly(ts: TypeScript, source: ts.SourceFile): Declaration[] {
  const isOfValue = (each: ts.Statement): each is Declaration =>
    ts.isVariableStatement(each) || ts.isFunctionDeclaration(each);
  return source.statements.flatMap((statement) => {
    if (isOfValue(statement)) return isAmbient(ts, statement, source) ? [statement] : [];
    const isGlobal =
      ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
    if (!isGlobal || statement.body === undefined || !ts.isModuleBlock(statement.body)) return [];
    return statement.body.statements.filter(isOfValue);
  });
}

function readAmbient(
  ts: TypeScript,
  type: ts.TypeNode | undefined,
  imported: ReadonlySet<string>,
): AmbientType {
  if (type === undefined) return otherwise;
  if (isOfLanguage(ts, type)) return { kind: "of-language", type: null };
  return ts.isTypeReferenceNode(type) && imported.has(firstName(ts, type.typeName))
    ? { kind: "of-package", type }
    : otherwise;
}

/** Its methods are those of the language: `Child[]`, `ReadonlyMap<string, Child>`, `string`. */
function isOfLanguage(ts: TypeScript, type: ts.TypeNode): boolean {
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return isOfLanguage(ts, type.type);
  if (ts.isUnionTypeNode(type)) return type.types.every((each) => isOfLanguage(ts, each));
  if (ts.isTypeReferenceNode(type)) return ofLanguage.has(firstName(ts, type.typeName));
  return (
    ts.isArrayTypeNode(type) ||
    ts.isTupleTypeNode(type) ||
    ts.isLiteralTypeNode(type) ||
    type.kind === ts.SyntaxKind.StringKeyword ||
    type.kind === ts.SyntaxKind.NumberKeyword ||
    type.kind === ts.SyntaxKind.UndefinedKeyword
  );
}

function firstName(ts: TypeScript, name: ts.EntityName): string {
  let first = name;
  while (ts.isQualifiedName(first)) first = first.left;
  return first.text;
}
