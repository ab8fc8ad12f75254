/** `if` and `switch`. */
import type ts from "typescript";
import type { TypeScript } from "../../project/typescript-instance.js";
import { constantValue } from "../constant-value.js";
import { lowerCondition } from "../expressions/conditions.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import type { OpenBlock } from "../open-block.js";

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
  const value = subject?.value === true ? null : l.expression(node.expression);
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
  frames.within({ kind: "breakable", labels: frames.takeLabels(), break: end, continue: null, plain: true }, () => {
    node.caseBlock.clauses.forEach((clause, index) => {
      const body = bodies[index] ?? end;
      builder.jump(body);
      builder.enter(body);
      l.statements(clause.statements);
    });
  });
  builder.jump(end);
  builder.enter(end);
}

/** `switch (true)` is a chain of conditions; a test between constants is decided here. */
function lowerCase(l: FunctionLowering, clause: ts.CaseClause, value: number | null, subject: ReturnType<typeof constantValue>, body: OpenBlock): void {
  const { builder } = l;
  const next = builder.newBlock();
  const constant = subject === null ? null : constantValue(l.file, clause.expression);
  if (value === null) lowerCondition(l, clause.expression, body, next);
  else if (subject !== null && constant !== null) builder.jump(subject.value === constant.value ? body : next);
  else {
    const at = l.span(clause.expression);
    const test = l.expression(clause.expression);
    builder.branch("truthy", l.define({ kind: "binary", operator: "===", left: value, right: test }, at), body, next, at);
  }
  builder.enter(next);
}
