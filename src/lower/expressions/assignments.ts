/** `=`, compound and logical assignment, `++` and `--`. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionLowering } from "../function-lowering.js";
import { hintName } from "../name-hints.js";
import { assignPattern, isAssignmentPattern } from "../patterns.js";
import { lowerTarget, readTarget, updateTarget, writeTarget } from "../references.js";
import { rootName } from "./callee-names.js";

export function lowerAssignment(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { SyntaxKind } = l.ts;
  switch (node.operatorToken.kind) {
    case SyntaxKind.EqualsToken:
      return lowerPlain(l, node);
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return lowerLogicalAssignment(l, node);
    default:
      return lowerCompound(l, node);
  }
}

function lowerPlain(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  let left = node.left;
  while (l.ts.isParenthesizedExpression(left)) left = left.expression;
  if (isAssignmentPattern(l, left)) {
    const value = l.expression(node.right);
    assignPattern(l, left, value);
    return value;
  }
  hintTarget(l, left, node.right);
  const target = lowerTarget(l, left);
  const value = l.expression(node.right);
  writeTarget(l, target, value, l.span(node));
  return value;
}

/** `exports.save = () => …` is called `save`; `Store.prototype.save = function …` as it is written. */
function hintTarget(l: FunctionLowering, target: ts.Expression, value: ts.Expression): void {
  const { ts } = l;
  if (ts.isIdentifier(target))
    hintName(l.file, value, { name: target.text, path: target.text, nameAt: l.span(target) });
  if (!ts.isPropertyAccessExpression(target)) return;
  const name = rootName(l, target);
  if (!/^[\w$.#]+$/.test(name)) return;
  const path = name.replace(/^(module\.exports|exports|this)\./, "");
  hintName(l.file, value, { name: path, path, nameAt: l.span(target.name) });
}

function lowerCompound(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const at = l.span(node);
  const target = lowerTarget(l, node.left);
  const left = readTarget(l, target);
  const right = l.expression(node.right);
  const operator = (l.ts.tokenToString(node.operatorToken.kind) ?? "").replace(/=$/, "");
  const value = l.define({ kind: "binary", operator, left, right }, at);
  updateTarget(l, target, value, at);
  return value;
}

/** `x ??= v`: written only where the old value does not do. */
function lowerLogicalAssignment(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { SyntaxKind } = l.ts;
  const { builder } = l;
  const operator = node.operatorToken.kind;
  hintTarget(l, node.left, node.right);
  const target = lowerTarget(l, node.left);
  const old = readTarget(l, target);
  const joined = {};
  const write = builder.newBlock();
  const join = builder.newBlock();
  builder.write(joined, old, false);
  const test = operator === SyntaxKind.QuestionQuestionEqualsToken ? "defined" : "truthy";
  if (operator === SyntaxKind.AmpersandAmpersandEqualsToken)
    builder.branch(test, old, write, join, l.span(node.left));
  else builder.branch(test, old, join, write, l.span(node.left));
  builder.enter(write);
  const value = l.expression(node.right);
  writeTarget(l, target, value, l.span(node));
  builder.write(joined, value, false);
  builder.jump(join);
  builder.enter(join);
  return builder.read(joined);
}

/** `x++` has the old value, `++x` the new one. */
export function lowerUpdate(
  l: FunctionLowering,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
): ValueId {
  const { SyntaxKind } = l.ts;
  const at = l.span(node);
  const target = lowerTarget(l, node.operand);
  const old = readTarget(l, target);
  const one = l.define({ kind: "constant", value: 1, type: "number" }, at);
  const operator = node.operator === SyntaxKind.PlusPlusToken ? "+" : "-";
  const value = l.define({ kind: "binary", operator, left: old, right: one }, at);
  updateTarget(l, target, value, at);
  return l.ts.isPostfixUnaryExpression(node) ? old : value;
}
