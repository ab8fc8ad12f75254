/** `if` and `switch`. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { constantValue } from "../constant-value.js";
import { lowerCondition } from "../expressions/conditions.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import type { OpenBlock } from "../open-block.js";
import { lowerStatements } from "./statement-list.js";

export function branchForms(ts: TypeScript): FormTable<void> {
  const table = new FormTable<void>();
  table.add(ts.SyntaxKind.IfStatement, ts.isIfStatement, lowerIf);
  table.add(ts.SyntaxKind.SwitchStatement, ts.isSwitchStatement, lowerSwitch);
  return table;
}

/** `else if` chains are a loop: they may be thousands long. */
function lowerIf(l: FunctionLowering, first: ts.IfStatement): void {
  const { builder } = l;
  const join = builder.newBlock();
  let node: ts.Statement | undefined = first;
  while (node !== undefined && l.ts.isIfStatement(node) && l.reachable) {
    const yes = builder.newBlock();
    const no = builder.newBlock();
    lowerCondition(l, node.expression, yes, no);
    builder.enter(yes);
    l.statement(node.thenStatement);
    builder.jump(join);
    builder.enter(no);
    node = node.elseStatement;
  }
  if (node !== undefined) l.statement(node);
  builder.jump(join);
  builder.enter(join);
}

/** All tests in order, then the default; bodies fall through to the next one. */
function lowerSwitch(l: FunctionLowering, node: ts.SwitchStatement): void {
  const { ts, builder, frames } = l;
  const subject = constantValue(l.file, node.expression);
  const value = l.expression(node.expression);
  l.enterScope(node.caseBlock);
  const end = builder.newBlock();
  const bodies = node.caseBlock.clauses.map(() => builder.newBlock());
  let other = end;
  node.caseBlock.clauses.forEach((clause, index) => {
    const body = bodies[index] ?? end;
    if (ts.isDefaultClause(clause)) other = body;
    else if (l.reachable) lowerCase(l, clause, value, subject, body);
  });
  builder.jump(other);
  frames.within(
    { kind: "breakable", labels: frames.takeLabels(), break: end, continue: null, plain: true },
    () => {
      node.caseBlock.clauses.forEach((clause, index) => {
        const body = bodies[index] ?? end;
        builder.jump(body);
        builder.enter(body);
        lowerStatements(l, clause.statements);
      });
    },
  );
  builder.jump(end);
  builder.enter(end);
}

/** Expressions that give a boolean; a call among the cases of `switch (true)` is taken to give one. */
function isCondition(l: FunctionLowering, node: ts.Expression): boolean {
  const { ts } = l;
  const { SyntaxKind } = ts;
  if (ts.isParenthesizedExpression(node)) return isCondition(l, node.expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken;
  if (!ts.isBinaryExpression(node)) return ts.isCallExpression(node) || ts.isAwaitExpression(node);
  const operator = node.operatorToken.kind;
  if (operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken)
    return isCondition(l, node.left) && isCondition(l, node.right);
  const isRelation =
    operator >= SyntaxKind.LessThanToken && operator <= SyntaxKind.ExclamationEqualsEqualsToken;
  return isRelation || operator === SyntaxKind.InKeyword || operator === SyntaxKind.InstanceOfKeyword;
}

/** `switch (true)` is a chain of conditions; a test between constants is decided here. */
function lowerCase(
  l: FunctionLowering,
  clause: ts.CaseClause,
  value: ValueId,
  subject: ReturnType<typeof constantValue>,
  body: OpenBlock,
): void {
  const { builder } = l;
  const next = builder.newBlock();
  const constant = subject === null ? null : constantValue(l.file, clause.expression);
  if (subject !== null && constant !== null) builder.jump(subject.value === constant.value ? body : next);
  else if (subject?.value === true && isCondition(l, clause.expression))
    lowerCondition(l, clause.expression, body, next);
  else {
    const at = l.span(clause.expression);
    const test = l.expression(clause.expression);
    builder.branch(
      "truthy",
      l.define({ kind: "binary", operator: "===", left: value, right: test }, at),
      body,
      next,
      at,
    );
  }
  builder.enter(next);
}
