/** `return`, `throw`, `break`, `continue`, and `try`. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { bindName } from "../patterns.js";
import type { OpenBlock } from "../open-block.js";
import { lowerGuarded } from "./guarded.js";

export function jumpForms(ts: TypeScript): FormTable<void> {
  const { SyntaxKind } = ts;
  const table = new FormTable<void>();
  table.add(SyntaxKind.ReturnStatement, ts.isReturnStatement, (l, node) => {
    const value = node.expression === undefined ? null : l.expression(node.expression);
    l.frames.leaveFunction();
    l.builder.return(value, l.span(node));
  });
  table.add(SyntaxKind.ThrowStatement, ts.isThrowStatement, (l, node) => {
    l.builder.throw(l.expression(node.expression), l.span(node));
  });
  table.add(SyntaxKind.BreakStatement, ts.isBreakStatement, (l, node) => {
    l.frames.jump("break", node.label?.text ?? null);
  });
  table.add(SyntaxKind.ContinueStatement, ts.isContinueStatement, (l, node) => {
    l.frames.jump("continue", node.label?.text ?? null);
  });
  table.add(SyntaxKind.TryStatement, ts.isTryStatement, lowerTry);
  return table;
}

function lowerTry(l: FunctionLowering, node: ts.TryStatement): void {
  const { finallyBlock } = node;
  if (finallyBlock === undefined) {
    lowerCaught(l, node);
    return;
  }
  lowerGuarded(l, {
    start: node.pos,
    at: l.span(finallyBlock),
    body: () => {
      if (node.catchClause === undefined) l.statement(node.tryBlock);
      else lowerCaught(l, node);
    },
    last: () => {
      l.statement(finallyBlock);
    },
    copy: () => {
      if (l.mayCopyFinally(finallyBlock)) l.statement(finallyBlock);
    },
  });
}

/** `try` with `catch`, inside whatever a `finally` guards. */
function lowerCaught(l: FunctionLowering, node: ts.TryStatement): void {
  const { builder } = l;
  const { catchClause } = node;
  if (catchClause === undefined) {
    l.statement(node.tryBlock);
    return;
  }
  const outer = builder.region;
  const handler = builder.newBlock();
  const end = builder.newBlock();
  const region = builder.openRegion(handler, node.tryBlock.pos);
  l.statement(node.tryBlock);
  builder.jump(end);
  builder.closeRegion(region, outer);
  lowerCatch(l, catchClause, handler);
  builder.jump(end);
  builder.enter(end);
}

function lowerCatch(l: FunctionLowering, clause: ts.CatchClause, handler: OpenBlock): void {
  l.builder.start(handler);
  if (!l.reachable) return;
  const declaration = clause.variableDeclaration;
  const error: ValueId = l.define({ kind: "catch" }, l.span(declaration ?? clause));
  l.enterScope(clause);
  if (declaration !== undefined) bindName(l, declaration.name, error, l.span(declaration), null);
  l.statement(clause.block);
}
