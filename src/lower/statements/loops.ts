/** Loops of every kind. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { lowerCondition, lowerEffect } from "../expressions/conditions.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { lowerFold } from "./fold-loops.js";
import { disposedIn, lowerDisposed } from "./disposal.js";
import type { OpenBlock } from "../open-block.js";
import { assignTo, bindName } from "../patterns.js";
import { readDeclaredType } from "../written-types.js";
import { lowerVariables } from "./blocks.js";

export function loopForms(ts: TypeScript): FormTable<void> {
  const { SyntaxKind } = ts;
  const table = new FormTable<void>();
  table.add(SyntaxKind.WhileStatement, ts.isWhileStatement, lowerWhile);
  table.add(SyntaxKind.DoStatement, ts.isDoStatement, lowerDo);
  table.add(SyntaxKind.ForStatement, ts.isForStatement, lowerFor);
  table.add(SyntaxKind.ForOfStatement, ts.isForOfStatement, (l, node) => {
    lowerEach(l, node, node.awaitModifier === undefined ? "of" : "await");
  });
  table.add(SyntaxKind.ForInStatement, ts.isForInStatement, (l, node) => {
    lowerEach(l, node, "in");
  });
  return table;
}

function lowerBody(
  l: FunctionLowering,
  statement: ts.Statement,
  labels: readonly string[],
  end: OpenBlock,
  again: OpenBlock,
): void {
  l.frames.within({ kind: "breakable", labels, break: end, continue: again, plain: true }, () => {
    l.statement(statement);
  });
}

function lowerWhile(l: FunctionLowering, node: ts.WhileStatement): void {
  const { builder } = l;
  const labels = l.frames.takeLabels();
  const [header, body, end] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.jump(header);
  builder.start(header);
  lowerCondition(l, node.expression, body, end);
  builder.enter(body);
  lowerBody(l, node.statement, labels, end, header);
  builder.jump(header);
  builder.seal(header);
  builder.enter(end);
}

function lowerDo(l: FunctionLowering, node: ts.DoStatement): void {
  const { builder } = l;
  const labels = l.frames.takeLabels();
  const [body, test, end] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.jump(body);
  builder.start(body);
  lowerBody(l, node.statement, labels, end, test);
  builder.jump(test);
  builder.enter(test);
  if (l.reachable) lowerCondition(l, node.expression, body, end);
  builder.seal(body);
  builder.enter(end);
}

function lowerFor(l: FunctionLowering, node: ts.ForStatement): void {
  const { ts, builder } = l;
  const labels = l.frames.takeLabels();
  l.enterScope(node);
  if (node.initializer !== undefined) {
    if (ts.isVariableDeclarationList(node.initializer)) lowerVariables(l, node.initializer);
    else lowerEffect(l, node.initializer);
  }
  const [header, body, update, end] = [
    builder.newBlock(),
    builder.newBlock(),
    builder.newBlock(),
    builder.newBlock(),
  ];
  builder.jump(header);
  builder.start(header);
  if (node.condition === undefined) builder.jump(body);
  else lowerCondition(l, node.condition, body, end);
  builder.enter(body);
  lowerBody(l, node.statement, labels, end, update);
  builder.jump(update);
  builder.enter(update);
  if (node.incrementor !== undefined && l.reachable) lowerEffect(l, node.incrementor);
  builder.jump(header);
  builder.seal(header);
  builder.enter(end);
}

/** `for (x of y)`, `for await`, `for (x in y)`: the variable is fresh in each round. */
function lowerEach(l: FunctionLowering, node: ts.ForInOrOfStatement, mode: "of" | "await" | "in"): void {
  const { builder } = l;
  const labels = l.frames.takeLabels();
  if (lowerFold(l, node)) return;
  const object = l.expression(node.expression);
  const [header, body, end] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.jump(header);
  builder.start(header);
  builder.loop(body, end, l.span(node.expression));
  builder.enter(body);
  l.enterScope(node);
  const element = l.define({ kind: "iterate", object, mode }, l.span(node.initializer));
  bindElement(l, node, element);
  const { initializer } = node;
  const resources = l.ts.isVariableDeclarationList(initializer) ? disposedIn(l, initializer) : [];
  l.frames.within({ kind: "breakable", labels, break: end, continue: header, plain: true }, () => {
    lowerDisposed(l, resources, initializer.end, () => {
      l.statement(node.statement);
    });
  });
  builder.jump(header);
  builder.seal(header);
  builder.enter(end);
}

function bindElement(l: FunctionLowering, node: ts.ForInOrOfStatement, element: ValueId): void {
  const { initializer } = node;
  if (!l.ts.isVariableDeclarationList(initializer)) {
    assignTo(l, initializer, element, l.span(initializer));
    return;
  }
  const [declaration] = initializer.declarations;
  if (declaration !== undefined)
    bindName(l, declaration.name, element, l.span(declaration), readDeclaredType(l.file, declaration));
}
