/** Unary and binary operators, `await`, `yield`, `delete` and the comma. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { lowerKey, named } from "../property-names.js";
import { lowerAssignment, lowerUpdate } from "./assignments.js";
import { lowerLogical, lowerTernary } from "./conditions.js";

export function operatorForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.BinaryExpression, ts.isBinaryExpression, lowerBinary);
  table.add(SyntaxKind.ConditionalExpression, ts.isConditionalExpression, lowerTernary);
  table.add(SyntaxKind.PrefixUnaryExpression, ts.isPrefixUnaryExpression, (l, node) => {
    if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken)
      return lowerUpdate(l, node);
    const negative = node.operator === SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
    if (negative && Number.isFinite(Number(node.operand.text)))
      return l.define({ kind: "constant", value: -Number(node.operand.text), type: "number" }, l.span(node));
    return unary(l, node, ts.tokenToString(node.operator) ?? "", node.operand);
  });
  table.add(SyntaxKind.PostfixUnaryExpression, ts.isPostfixUnaryExpression, lowerUpdate);
  table.add(SyntaxKind.TypeOfExpression, ts.isTypeOfExpression, (l, node) =>
    unary(l, node, "typeof", node.expression),
  );
  table.add(SyntaxKind.VoidExpression, ts.isVoidExpression, (l, node) =>
    unary(l, node, "void", node.expression),
  );
  table.add(SyntaxKind.DeleteExpression, ts.isDeleteExpression, lowerDelete);
  table.add(SyntaxKind.AwaitExpression, ts.isAwaitExpression, (l, node) =>
    l.define({ kind: "await", value: l.expression(node.expression) }, l.span(node)),
  );
  table.add(SyntaxKind.YieldExpression, ts.isYieldExpression, (l, node) => {
    const value = node.expression === undefined ? null : l.expression(node.expression);
    return l.define({ kind: "yield", value, delegate: node.asteriskToken !== undefined }, l.span(node));
  });
  // A spread outside the places that know it is an error; its operand still runs.
  table.add(SyntaxKind.SpreadElement, ts.isSpreadElement, (l, node) => l.expression(node.expression));
  return table;
}

function unary(l: FunctionLowering, node: ts.Node, operator: string, operand: ts.Expression): ValueId {
  return l.define({ kind: "unary", operator, operand: l.expression(operand) }, l.span(node));
}

type OperatorClass = "assignment" | "logical" | "comma" | "plain";

function classify(l: FunctionLowering, operator: ts.SyntaxKind): OperatorClass {
  const { SyntaxKind } = l.ts;
  if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment) return "assignment";
  switch (operator) {
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return "logical";
    case SyntaxKind.CommaToken:
      return "comma";
    default:
      return "plain";
  }
}

function lowerBinary(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const kind = classify(l, node.operatorToken.kind);
  if (kind === "assignment") return lowerAssignment(l, node);
  if (kind === "logical") return lowerLogical(l, node);
  return lowerOperands(l, node, kind);
}

/** Down the left side and back in a loop: `a + b + c + …` may have thousands of operands. */
function lowerOperands(l: FunctionLowering, node: ts.BinaryExpression, kind: OperatorClass): ValueId {
  const pending: ts.BinaryExpression[] = [node];
  let left = node.left;
  while (l.ts.isBinaryExpression(left) && classify(l, left.operatorToken.kind) === kind) {
    pending.push(left);
    left = left.left;
  }
  let value = l.expression(left);
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    const right = l.expression(each.right);
    if (kind === "comma") value = right;
    else
      value = l.define(
        { kind: "binary", operator: l.ts.tokenToString(each.operatorToken.kind) ?? "", left: value, right },
        l.span(each),
      );
  }
  return value;
}

function lowerDelete(l: FunctionLowering, node: ts.DeleteExpression): ValueId {
  const { ts } = l;
  let target: ts.Expression = node.expression;
  while (ts.isParenthesizedExpression(target) || ts.isNonNullExpression(target) || ts.isAsExpression(target))
    target = target.expression;
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target))
    deleteMember(l, node, target);
  else l.expression(target);
  return l.define({ kind: "constant", value: true, type: "boolean" }, l.span(node));
}

/** `delete a?.b` deletes where `a` is there. */
function deleteMember(
  l: FunctionLowering,
  node: ts.DeleteExpression,
  target: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): void {
  const object = l.expression(target.expression);
  const join = l.builder.newBlock();
  if (l.ts.isOptionalChain(target)) {
    const next = l.builder.newBlock();
    l.builder.branch("defined", object, next, join, l.span(target.expression));
    l.builder.enter(next);
  }
  const property = l.ts.isPropertyAccessExpression(target)
    ? named(target.name.text)
    : lowerKey(l, target.argumentExpression);
  l.effect({ kind: "delete", object, property }, l.span(node));
  l.builder.jump(join);
  l.builder.enter(join);
}
