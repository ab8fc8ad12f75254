/** Questions about modifiers that several forms ask. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";

export function hasModifier(ts: TypeScript, node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false)
  );
}

export function isExported(ts: TypeScript, node: ts.Node): boolean {
  return hasModifier(ts, node, ts.SyntaxKind.ExportKeyword);
}

/** Declared for the compiler only: nothing exists of it when the program runs. */
export function isAmbient(ts: TypeScript, node: ts.Node, source: ts.SourceFile): boolean {
  return source.isDeclarationFile || hasModifier(ts, node, ts.SyntaxKind.DeclareKeyword);
}
