/** Branching on conditions: `&&`, `||`, `!` and constants become edges, so that guards can be read from the graph. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import { constantValue } from "../constant-value.js";
import type { FunctionLowering } from "../function-lowering.js";
import type { OpenBlock } from "../open-block.js";
import { isJsDocCast } from "./casts.js";
import { lowerChain } from "./chains.js";

/** Leaves for `yes` or `no`. Long chains of one operator are a loop here, not a depth. */
export function lowerCondition(
  l: FunctionLowering,
  condition: ts.Expression,
  yes: OpenBlock,
  no: OpenBlock,
): void {
  const { ts } = l;
  const { SyntaxKind } = ts;
  const node = withoutParentheses(l, condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    lowerCondition(l, node.operand, no, yes);
    return;
  }
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken) {
      lowerConditions(l, leftOperands(l, node), operator === SyntaxKind.AmpersandAmpersandToken, yes, no);
      return;
    }
    if (operator === SyntaxKind.CommaToken) {
      l.expression(node.left);
      lowerCondition(l, node.right, yes, no);
      return;
    }
  }
  const constant = constantValue(l.file, node);
  if (constant !== null) l.builder.jump(constant.value ? yes : no);
  else
    l.builder.branch(
      "truthy",
      ts.isOptionalChain(node) ? lowerChain(l, node, no) : l.expression(node),
      yes,
      no,
      l.span(node),
    );
}

function lowerConditions(
  l: FunctionLowering,
  operands: readonly ts.Expression[],
  all: boolean,
  yes: OpenBlock,
  no: OpenBlock,
): void {
  operands.forEach((operand, index) => {
    if (!l.reachable) return;
    if (index === operands.length - 1) {
      lowerCondition(l, operand, yes, no);
      return;
    }
    const next = l.builder.newBlock();
    lowerCondition(l, operand, all ? next : yes, all ? no : next);
    l.builder.enter(next);
  });
}

/** Parentheses, `!` and `satisfies` mean nothing; a JSDoc cast in parentheses does. */
function withoutParentheses(l: FunctionLowering, node: ts.Expression): ts.Expression {
  const { ts } = l;
  let inner = node;
  while (
    ts.isNonNullExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    (ts.isParenthesizedExpression(inner) && !isJsDocCast(l, inner))
  )
    inner = inner.expression;
  return inner;
}

/** `a && b && c` as [a, b, c]: the operands of one operator down the left side. */
function leftOperands(l: FunctionLowering, node: ts.BinaryExpression): ts.Expression[] {
  const operands: ts.Expression[] = [node.right];
  let left = node.left;
  while (l.ts.isBinaryExpression(left) && left.operatorToken.kind === node.operatorToken.kind) {
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return operands.reverse();
}

/** `a && b`, `a || b`, `a ?? b` as a value. */
export function lowerLogical(l: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { SyntaxKind } = l.ts;
  const { builder } = l;
  const operator = node.operatorToken.kind;
  const test = operator === SyntaxKind.QuestionQuestionToken ? "defined" : "truthy";
  const operands = leftOperands(l, node);
  const join = builder.newBlock();
  const joined = {};
  operands.forEach((operand, index) => {
    if (!l.reachable) return;
    const last = index === operands.length - 1;
    const constant = last ? null : constantValue(l.file, operand);
    const holds =
      constant !== null &&
      (test === "truthy" ? Boolean(constant.value) : constant.value !== null && constant.value !== undefined);
    const goesOn = holds === (operator === SyntaxKind.AmpersandAmpersandToken);
    if (constant !== null && goesOn) return;
    const value = l.expression(operand);
    builder.write(joined, value, false);
    if (last || constant !== null) {
      builder.jump(join);
      return;
    }
    const next = builder.newBlock();
    if (operator === SyntaxKind.AmpersandAmpersandToken)
      builder.branch(test, value, next, join, l.span(operand));
    else builder.branch(test, value, join, next, l.span(operand));
    builder.enter(next);
  });
  builder.enter(join);
  return builder.read(joined);
}

/** `a ? b : c`. A chain `a ? b : c ? d : …` is a loop. */
export function lowerTernary(l: FunctionLowering, ternary: ts.ConditionalExpression): ValueId {
  const { builder, ts } = l;
  const join = builder.newBlock();
  const joined = {};
  const arrive = (value: ts.Expression): void => {
    if (!l.reachable) return;
    builder.write(joined, l.expression(value), false);
    builder.jump(join);
  };
  let node: ts.Expression = ternary;
  while (ts.isConditionalExpression(node) && l.reachable) {
    const yes = builder.newBlock();
    const no = builder.newBlock();
    lowerCondition(l, node.condition, yes, no);
    builder.enter(yes);
    arrive(node.whenTrue);
    builder.enter(no);
    node = node.whenFalse;
  }
  arrive(node);
  builder.enter(join);
  return builder.read(joined);
}

/**
 * What is spread into an object. `...(a && b)` copies `b` or nothing: no falsy value has properties of its own,
 * so `a` never brings any.
 */
export function lowerSpread(
  l: FunctionLowering,
  expression: ts.Expression,
  copy: (source: ValueId) => void,
): void {
  const { ts, builder } = l;
  const node = withoutParentheses(l, expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) {
    copy(l.expression(expression));
    return;
  }
  const next = builder.newBlock();
  const join = builder.newBlock();
  lowerCondition(l, node.left, next, join);
  builder.enter(next);
  if (l.reachable) lowerSpread(l, node.right, copy);
  builder.jump(join);
  builder.enter(join);
}

/** An expression whose value nobody reads: `a && b()` is an `if`. */
export function lowerEffect(l: FunctionLowering, expression: ts.Expression): void {
  const { ts, builder } = l;
  const { SyntaxKind } = ts;
  const node = withoutParentheses(l, expression);
  const join = builder.newBlock();
  if (ts.isConditionalExpression(node)) {
    const yes = builder.newBlock();
    const no = builder.newBlock();
    lowerCondition(l, node.condition, yes, no);
    for (const [block, branch] of [
      [yes, node.whenTrue],
      [no, node.whenFalse],
    ] as const) {
      builder.enter(block);
      if (l.reachable) lowerEffect(l, branch);
      builder.jump(join);
    }
  } else if (
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken ||
      node.operatorToken.kind === SyntaxKind.BarBarToken)
  ) {
    const next = builder.newBlock();
    const both = node.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
    lowerCondition(l, node.left, both ? next : join, both ? join : next);
    builder.enter(next);
    if (l.reachable) lowerEffect(l, node.right);
    builder.jump(join);
  } else {
    l.expression(node);
    return;
  }
  builder.enter(join);
}
