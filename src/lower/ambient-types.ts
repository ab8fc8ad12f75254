/** `declare const db: Kysely<Tables>`: names of which only the type is there, and which package it is of. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import { isAmbient } from "./modifiers.js";

/** The types by the variables' names, where the file imports them from a package. */
export function ambientTypes(
  ts: TypeScript,
  source: ts.SourceFile,
  imported: ReadonlySet<string>,
): ReadonlyMap<string, ts.TypeNode> {
  const found = new Map<string, ts.TypeNode>();
  if (source.isDeclarationFile) return found;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || !isAmbient(ts, statement, source)) continue;
    for (const { name, type } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && type !== undefined && isOfPackage(ts, type, imported))
        found.set(name.text, type);
  }
  return found;
}

function isOfPackage(ts: TypeScript, type: ts.TypeNode, imported: ReadonlySet<string>): boolean {
  if (!ts.isTypeReferenceNode(type)) return false;
  let first: ts.EntityName = type.typeName;
  while (ts.isQualifiedName(first)) first = first.left;
  return imported.has(first.text);
}
