/** References, assignments, blocks and variables: which syntax opens scopes, declares names and refers to them. */
import type ts from "typescript";
import { isSeenHalfway, readFold } from "./fold-loops.js";
import { lookUp, type Scope, type Variable, type VariableKind } from "./scopes.js";
import type { ScopeWalk } from "./scope-walk.js";
import { makesRequire } from "./create-require.js";
import { isAmbient } from "./modifiers.js";
import { addDeclarationForms } from "./scope-declarations.js";

export function addScopeForms(walk: ScopeWalk): void {
  addReferenceForms(walk);
  addBlockForms(walk);
  addVariableForms(walk);
  addDeclarationForms(walk);
}

function addReferenceForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.Identifier, ts.isIdentifier, (node, scope) => {
    if (node.text === "arguments") walk.noteOwn("arguments", scope);
    walk.refer(node, scope);
  });
  const isAny = (node: ts.Node): node is ts.Node => node.pos <= node.end;
  walk.on(SyntaxKind.ThisKeyword, isAny, (_, scope) => {
    walk.noteOwn("this", scope);
  });
  walk.on(SyntaxKind.SuperKeyword, isAny, (_, scope) => {
    walk.noteOwn("this", scope, true);
  });
  walk.on(SyntaxKind.PropertyAccessExpression, ts.isPropertyAccessExpression, (node, scope) => {
    walk.visit(node.expression, scope);
  });
  walk.on(SyntaxKind.MetaProperty, ts.isMetaProperty, () => undefined);
  walk.on(SyntaxKind.QualifiedName, ts.isQualifiedName, (node, scope) => {
    walk.visit(node.left, scope);
  });
  walk.on(SyntaxKind.ExpressionWithTypeArguments, ts.isExpressionWithTypeArguments, (node, scope) => {
    walk.visit(node.expression, scope);
  });
  walk.on(SyntaxKind.PropertyAssignment, ts.isPropertyAssignment, (node, scope) => {
    walk.visitName(node.name, scope);
    walk.visit(node.initializer, scope);
  });
  walk.on(SyntaxKind.JsxAttribute, ts.isJsxAttribute, (node, scope) => {
    walk.visit(node.initializer, scope);
  });
  const isTag = (node: ts.Node): node is ts.JsxSelfClosingElement | ts.JsxOpeningElement =>
    ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node);
  for (const kind of [SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxOpeningElement]) {
    walk.on(kind, isTag, (node, scope) => {
      if (!ts.isIdentifier(node.tagName) || !/^[a-z]|-/.test(node.tagName.text))
        walk.visit(node.tagName, scope);
      walk.visit(node.attributes, scope);
    });
  }
  walk.on(SyntaxKind.JsxClosingElement, ts.isJsxClosingElement, () => undefined);
  walk.on(SyntaxKind.JsxNamespacedName, ts.isJsxNamespacedName, () => undefined);
  addAssignmentForms(walk);
}

function addAssignmentForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.BinaryExpression, ts.isBinaryExpression, (node, scope) => {
    const operator = node.operatorToken.kind;
    if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
      walk.markTargets(node.left);
    walk.visit(node.left, scope);
    walk.visit(node.right, scope);
  });
  walk.on(SyntaxKind.PostfixUnaryExpression, ts.isPostfixUnaryExpression, (node, scope) => {
    walk.markTargets(node.operand);
    walk.visit(node.operand, scope);
  });
  walk.on(SyntaxKind.PrefixUnaryExpression, ts.isPrefixUnaryExpression, (node, scope) => {
    if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken)
      walk.markTargets(node.operand);
    walk.visit(node.operand, scope);
  });
  walk.on(SyntaxKind.CallExpression, ts.isCallExpression, (node, scope) => {
    const { expression } = node;
    const loads =
      expression.kind === SyntaxKind.ImportKeyword ||
      ts.isMetaProperty(expression) ||
      (ts.isIdentifier(expression) && walk.requireNames.has(expression.text)) ||
      makesRequire(ts, expression, walk.source);
    if (loads) walk.mention(node.arguments[0]);
    walk.visit(expression, scope);
    walk.visitAll(node.arguments, scope);
  });
}

function addBlockForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  const open = (node: ts.Node, scope: Scope, traits: Partial<Scope> = {}): void => {
    walk.visitChildren(node, walk.createScope(node, scope, scope.function, traits));
  };
  walk.on(SyntaxKind.Block, ts.isBlock, open);
  walk.on(SyntaxKind.CaseBlock, ts.isCaseBlock, (node, scope) => {
    open(node, scope, { branching: true });
  });
  walk.on(SyntaxKind.ForStatement, ts.isForStatement, (node, scope) => {
    const head = walk.createScope(node, scope, scope.function);
    walk.visit(node.initializer, head);
    const repeated = walk.createScope(node.statement, head, scope.function, { inLoop: true });
    walk.visit(node.condition, repeated);
    walk.visit(node.incrementor, repeated);
    walk.visit(node.statement, repeated);
  });
  const isEach = (node: ts.Node): node is ts.ForInOrOfStatement =>
    ts.isForInStatement(node) || ts.isForOfStatement(node);
  for (const kind of [SyntaxKind.ForInStatement, SyntaxKind.ForOfStatement]) {
    walk.on(kind, isEach, (node, scope) => {
      if (openFold(walk, node, scope)) return;
      const head = walk.createScope(node, scope, scope.function, { inLoop: true });
      walk.visit(node.expression, scope);
      if (!ts.isVariableDeclarationList(node.initializer)) walk.markTargets(node.initializer);
      walk.visit(node.initializer, head);
      walk.visit(node.statement, head);
    });
  }
  const isLoop = (node: ts.Node): node is ts.WhileStatement | ts.DoStatement =>
    ts.isWhileStatement(node) || ts.isDoStatement(node);
  for (const kind of [SyntaxKind.WhileStatement, SyntaxKind.DoStatement]) {
    walk.on(kind, isLoop, (node, scope) => {
      open(node, scope, { inLoop: true });
    });
  }
  walk.on(SyntaxKind.LabeledStatement, ts.isLabeledStatement, (node, scope) => {
    walk.visit(node.statement, scope);
  });
  walk.on(SyntaxKind.BreakStatement, ts.isBreakStatement, () => undefined);
  walk.on(SyntaxKind.ContinueStatement, ts.isContinueStatement, () => undefined);
  walk.on(SyntaxKind.CatchClause, ts.isCatchClause, (node, scope) => {
    const inner = walk.createScope(node, scope, scope.function);
    if (node.variableDeclaration !== undefined) {
      const { name, end } = node.variableDeclaration;
      walk.declarePattern(name, "catch", inner, end, (variable) => variable.initialisers++);
    }
    walk.visit(node.block, inner);
  });
}

/** A loop that is a fold is a function, which has the variable that goes through it for a parameter. */
function openFold(walk: ScopeWalk, node: ts.ForInOrOfStatement, scope: Scope): boolean {
  const fold = readFold(walk.ts, node);
  const outer = fold === null ? undefined : lookUp(fold.target.text, scope);
  if (fold === null || outer === undefined || !isFoldable(outer, scope)) return false;
  const { target, leaving } = fold;
  if (isSeenHalfway(walk.ts, node, target, outer.nameAt[0])) return false;
  outer.writes++;
  const owner = walk.createFunction(node, scope, true, node.pos);
  const head = walk.createScope(node, scope, owner, { holdsVars: true });
  const inner = walk.declare(target, "parameter", head, node.statement.pos);
  inner.initialisers++;
  inner.told = outer.told;
  walk.folds.set(node, { outer, inner, target, leaving });
  walk.visit(node.expression, scope);
  walk.visit(node.initializer, head);
  if (leaving === null || !walk.ts.isBlock(node.statement)) walk.visit(node.statement, head);
  else {
    walk.visitAll(node.statement.statements.slice(1), walk.createScope(node.statement, head, owner));
    walk.visit(leaving, scope);
  }
  return true;
}

function isFoldable({ kind, scope: { function: owner } }: Variable, scope: Scope): boolean {
  return owner === scope.function && (kind === "let" || kind === "var" || kind === "parameter");
}

function addVariableForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.VariableStatement, ts.isVariableStatement, (node, scope) => {
    if (!isAmbient(ts, node, walk.source)) walk.visit(node.declarationList, scope);
  });
  walk.on(SyntaxKind.VariableDeclarationList, ts.isVariableDeclarationList, (node, scope) => {
    const kind = variableKind(walk, node);
    for (const declaration of node.declarations) {
      declareVariable(walk, declaration, kind, scope, isIterationVariable(walk, node));
    }
  });
}

function variableKind(walk: ScopeWalk, list: ts.VariableDeclarationList): VariableKind {
  const { NodeFlags } = walk.ts;
  if ((list.flags & NodeFlags.BlockScoped) === 0) return "var";
  // `using` and `await using` are constants too; their flags contain `Const` or stand beside it.
  return (list.flags & (NodeFlags.BlockScoped & ~NodeFlags.Let)) === 0 ? "let" : "const";
}

function isIterationVariable(walk: ScopeWalk, list: ts.VariableDeclarationList): boolean {
  return walk.ts.isForInStatement(list.parent) || walk.ts.isForOfStatement(list.parent);
}

function declareVariable(
  walk: ScopeWalk,
  declaration: ts.VariableDeclaration,
  kind: VariableKind,
  scope: Scope,
  iterated: boolean,
): void {
  const { ts } = walk;
  const { initializer } = declaration;
  walk.declarePattern(declaration.name, kind, scope, declaration.end, (variable) => {
    const isInitialised = initializer !== undefined || iterated;
    if (isInitialised) variable.initialisers++;
    if (!isInitialised || (kind !== "const" && tellsMore(walk, declaration))) variable.told ??= declaration;
    if (kind === "const" && initializer !== undefined && ts.isIdentifier(declaration.name))
      variable.constant = initializer;
    if (initializer !== undefined && makesRequire(ts, initializer, walk.source))
      walk.requireNames.add(variable.name);
    const statement = declaration.parent.parent;
    if (ts.isVariableStatement(statement)) walk.markExported(variable, statement, scope);
  });
  walk.visit(initializer, scope);
}

/** A type of parts or a comment with a tag holds for whatever is assigned later, not only for the first value. */
function tellsMore({ ts, source }: ScopeWalk, declaration: ts.VariableDeclaration): boolean {
  const { name, type, parent } = declaration;
  if (!ts.isIdentifier(name)) return false;
  if (type !== undefined && !ts.isToken(type)) return true;
  const isFirst = ts.isVariableDeclarationList(parent) && parent.declarations[0] === declaration;
  const start = isFirst && ts.isVariableStatement(parent.parent) ? parent.parent.pos : declaration.pos;
  return source.text.slice(start, name.getStart(source)).includes("@");
}
