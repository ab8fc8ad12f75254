/** Loops that are folds: what stands in them is a function that is called once for each element. */
import type ts from "typescript";
import type { FunctionId, Parameter, ValueId } from "../../contracts/file-graph.js";
import { waits } from "../fold-loops.js";
import type { FunctionLowering } from "../function-lowering.js";
import { bindName } from "../patterns.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { named } from "../property-names.js";
import type { Fold, FunctionScope } from "../scopes.js";
import { readDeclaredType } from "../written-types.js";
import { lowerStatements } from "./statement-list.js";

type Loop = ts.ForInOrOfStatement;

/** True: the loop is one, and was lowered. */
export function lowerFold(l: FunctionLowering, node: Loop): boolean {
  const { bindings, functionIds } = l.file;
  const fold = bindings.folds.get(node);
  const scope = bindings.functions.get(node);
  if (fold === undefined || scope === undefined) return false;
  const at = l.span(node.expression);
  const list = l.define({ kind: "array" }, at);
  l.effect({ kind: "append-elements", target: list, source: l.expression(node.expression) }, at);
  const id = functionIds.get(node) ?? planRound(l, node, fold, scope);
  const captures = l.capturesFor(scope, at);
  const round = l.define({ kind: "function", function: id, captures }, l.span(node.statement));
  const nameAt = l.span(fold.target);
  const reduce = l.define({ kind: "load", object: list, property: named("reduce"), nameAt: at }, at);
  const given = [round, l.read(fold.outer, nameAt)].map((value) => ({ value, spread: false, at: nameAt }));
  const gathered = l.define(
    {
      kind: "call",
      callee: reduce,
      receiver: list,
      arguments: given,
      new: false,
      optional: false,
      name: "for…of",
      typeArguments: [],
    },
    at,
  );
  const last = waits(l.ts, node) ? l.define({ kind: "await", value: gathered }, at) : gathered;
  l.write(fold.outer, last, nameAt);
  if (fold.leaving !== null && leavesFunction(l.ts, fold.leaving)) l.statement(fold.leaving);
  return true;
}

/** Whoever breaks off a loop with nothing in hand goes on behind it with nothing. */
function leavesFunction(ts: TypeScript, { thenStatement }: ts.IfStatement): boolean {
  const then = ts.isBlock(thenStatement) ? thenStatement.statements[0] : thenStatement;
  return then !== undefined && ts.isReturnStatement(then);
}

function planRound(l: FunctionLowering, node: Loop, fold: Fold, scope: FunctionScope): FunctionId {
  const { file } = l;
  const id = file.plans.length;
  file.functionIds.set(node, id);
  const isAsync = waits(l.ts, node);
  const start = node.getStart(file.source);
  file.plans.push({
    head: {
      id,
      kind: "arrow",
      name: "anonymous",
      path: null,
      at: l.span(node.statement),
      nameAt: [start, start + "for".length],
      async: isAsync,
      generator: false,
      parent: l.identity.id,
      class: scope.usesSuper ? l.homeClass : null,
      static: false,
      isRound: true,
      directives: [],
      capturesThis: scope.captures.has("this"),
    },
    scope,
    prefix: l.prefix,
    signature: () => ({ typeParameters: [], parameters: parametersOf(l, node, fold), returnType: null }),
    body: (inner) => {
      lowerRound(inner, node, fold, isAsync);
    },
  });
  return id;
}

function parametersOf({ ts, file }: FunctionLowering, node: Loop, fold: Fold): Parameter[] {
  const plain = { rest: false, optional: false, type: null, property: false };
  const { initializer } = node;
  const element = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
  return [
    { index: 0, name: fold.inner.name, nameAt: file.span(fold.target), ...plain },
    {
      index: 1,
      name: element !== undefined && ts.isIdentifier(element) ? element.text : null,
      nameAt: file.span(element ?? initializer),
      ...plain,
    },
  ];
}

function lowerRound(
  l: FunctionLowering,
  node: Loop,
  { inner, target, leaving }: Fold,
  isAsync: boolean,
): void {
  const { builder } = l;
  const at = l.span(target);
  l.enterScope(node);
  const before = l.define({ kind: "parameter", index: 0 }, at);
  l.write(inner, isAsync ? l.define({ kind: "await", value: before }, at) : before, at);
  bindElement(l, node, l.define({ kind: "parameter", index: 1 }, l.span(node.initializer)));
  const end = builder.newBlock();
  l.frames.within({ kind: "breakable", labels: [], break: end, continue: end, plain: true }, () => {
    if (leaving === null || !l.ts.isBlock(node.statement)) l.statement(node.statement);
    else {
      l.enterScope(node.statement);
      lowerStatements(l, node.statement.statements.slice(1));
    }
  });
  builder.jump(end);
  builder.enter(end);
  if (l.reachable) builder.return(l.read(inner, at), l.span(node.statement));
}

function bindElement(l: FunctionLowering, { initializer }: Loop, element: ValueId): void {
  if (!l.ts.isVariableDeclarationList(initializer)) return;
  const [declaration] = initializer.declarations;
  if (declaration !== undefined)
    bindName(l, declaration.name, element, l.span(declaration), readDeclaredType(l.file, declaration));
}
