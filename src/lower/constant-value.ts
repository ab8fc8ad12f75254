/** The values of expressions that are constant by syntax, also through `const` variables of the file. */
import type ts from "typescript";
import { calculate } from "../base/arithmetic.js";
import type { FileLowering } from "./file-lowering.js";

export interface Constant {
  readonly value: string | number | boolean | null | undefined;
}

/** Chains of constants longer than this are not looked through. */
const deepest = 24;

export function constantValue(file: FileLowering, node: ts.Node, depth = 0): Constant | null {
  const { ts } = file;
  const { SyntaxKind } = ts;
  if (depth > deepest) return null;
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (node.kind === SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === SyntaxKind.NullKeyword) return { value: null };
  if (ts.isIdentifier(node)) return constantVariable(file, node, depth);
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  ) {
    return constantValue(file, node.expression, depth + 1);
  }
  if (ts.isVoidExpression(node)) return ts.isNumericLiteral(node.expression) ? { value: undefined } : null;
  if (ts.isPrefixUnaryExpression(node)) return prefixValue(file, node, depth);
  if (ts.isBinaryExpression(node)) return binaryValue(file, node, depth);
  if (ts.isTemplateExpression(node)) return templateValue(file, node, depth);
  return null;
}

function templateValue(file: FileLowering, node: ts.TemplateExpression, depth: number): Constant | null {
  let text = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const hole = constantValue(file, expression, depth + 1);
    if (hole === null) return null;
    text += `${String(hole.value)}${literal.text}`;
  }
  return { value: text };
}

function constantVariable(file: FileLowering, node: ts.Identifier, depth: number): Constant | null {
  const variable = file.bindings.variableOf(node);
  if (variable === undefined) return node.text === "undefined" ? { value: undefined } : null;
  if (variable.constant === null || variable.writes > 0) return null;
  return constantValue(file, variable.constant, depth + 1);
}

function prefixValue(file: FileLowering, node: ts.PrefixUnaryExpression, depth: number): Constant | null {
  const operand = constantValue(file, node.operand, depth + 1);
  if (operand === null) return null;
  const operator = file.ts.tokenToString(node.operator);
  if (operator === "!") return { value: !operand.value };
  if (typeof operand.value !== "number") return null;
  switch (operator) {
    case "-":
      return { value: -operand.value };
    case "+":
      return { value: operand.value };
    case "~":
      return { value: ~operand.value };
    default:
      return null;
  }
}

function binaryValue(file: FileLowering, node: ts.BinaryExpression, depth: number): Constant | null {
  const operator = file.ts.tokenToString(node.operatorToken.kind) ?? "";
  if (!foldable.has(operator)) return null;
  const left = constantValue(file, node.left, depth + 1);
  if (left === null) return null;
  if (operator === "&&" && !left.value) return left;
  if (operator === "||" && left.value) return left;
  if (operator === "??" && left.value !== null && left.value !== undefined) return left;
  const right = constantValue(file, node.right, depth + 1);
  return right === null ? null : combine(operator, left.value, right.value);
}

const foldable = new Set([
  "&&",
  "||",
  "??",
  "===",
  "!==",
  "==",
  "!=",
  "+",
  "-",
  "*",
  "|",
  "&",
  "^",
  "<<",
  ">>",
  "<",
  ">",
  "<=",
  ">=",
]);

function combine(operator: string, left: Constant["value"], right: Constant["value"]): Constant | null {
  switch (operator) {
    case "&&":
    case "||":
    case "??":
      return { value: right };
    case "===":
      return { value: left === right };
    case "!==":
      return { value: left !== right };
    case "==":
    case "!=":
      return typeof left === typeof right ? { value: (left === right) === (operator === "==") } : null;
  }
  if (typeof left === "string" && typeof right === "string")
    return operator === "+" ? { value: left + right } : null;
  const value =
    typeof left === "number" && typeof right === "number" ? calculate(operator, left, right) : null;
  return value === null ? null : { value };
}
