/** Names of tables whose columns stand in the call that makes them, where no variable of their own has a name. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";

/** Calls that are given an object in which the columns are a part. */
const described = /^(?:EntitySchema|defineEntity)$/u;
const columnLists = /^(?:columns|properties)$/u;

/** `columns` of `new EntitySchema({ name: "pet", columns: { … } })`: a part of the table, and no name of it. */
export function isColumnList(ts: TypeScript, node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name) || !columnLists.test(node.name.text))
    return false;
  const call = callAround(ts, node.parent);
  return call !== null && described.test(calledName(ts, call.expression));
}

/** `Member.init({ … })`, `define("member", { … })`, `model("Kid", new Schema({ … }))`; not where a variable is made by it. */
export function tableName(ts: TypeScript, node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  if (isNamedAbove(ts, node)) return undefined;
  const { expression, arguments: list = [] } = node;
  const called = calledName(ts, expression);
  const [first] = list;
  if (
    called === "init" &&
    ts.isPropertyAccessExpression(expression) &&
    ts.isIdentifier(expression.expression)
  )
    return expression.expression.text;
  if (/^(?:define|model|discriminator)$/u.test(called))
    return first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  if (!described.test(called) || first === undefined || !ts.isObjectLiteralExpression(first))
    return undefined;
  for (const property of first.properties)
    if (
      ts.isPropertyAssignment(property) &&
      ts.isIdentifier(property.name) &&
      property.name.text === "name" &&
      ts.isStringLiteralLike(property.initializer)
    )
      return property.initializer.text;
  return undefined;
}

/** The table is called so: what stands around the call is no part of its name. */
export function isMaking(ts: TypeScript, node: ts.Node, name: string | undefined): boolean {
  return name !== undefined && (ts.isCallExpression(node) || ts.isNewExpression(node));
}

/** `export const Member = sequelize.define(…)` */
function isNamedAbove(ts: TypeScript, call: ts.Node): boolean {
  let node = call.parent;
  while (
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isPropertyAccessExpression(node)
  )
    node = node.parent;
  return ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
}

function callAround(ts: TypeScript, literal: ts.Node): ts.CallExpression | ts.NewExpression | null {
  const { parent } = literal;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) ? parent : null;
}

function calledName(ts: TypeScript, callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
}
