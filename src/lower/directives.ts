/** `"use server"` and its like: strings that stand as statements at the head of a file or function. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";

function countDirectives(ts: TypeScript, statements: readonly ts.Statement[]): number {
  const first = statements.findIndex(
    (statement) => !ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression),
  );
  return first === -1 ? statements.length : first;
}

export function readDirectives(ts: TypeScript, statements: readonly ts.Statement[]): string[] {
  return statements
    .slice(0, countDirectives(ts, statements))
    .flatMap((statement) =>
      ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)
        ? [statement.expression.text]
        : [],
    );
}

export function withoutDirectives(
  ts: TypeScript,
  statements: readonly ts.Statement[],
): readonly ts.Statement[] {
  return statements.slice(countDirectives(ts, statements));
}
