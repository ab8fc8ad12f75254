/** Which syntax opens scopes, declares names and refers to them. */
import type ts from "typescript";
import type { Scope, VariableKind } from "./scopes.js";
import type { ScopeWalk } from "./scope-walk.js";
import { hasModifier, isAmbient } from "./modifiers.js";

export function addScopeForms(walk: ScopeWalk): void {
  addReferenceForms(walk);
  addBlockForms(walk);
  addVariableForms(walk);
  addFunctionForms(walk);
  addClassForms(walk);
  addModuleForms(walk);
  addNamespaceForms(walk);
}

function addReferenceForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.Identifier, ts.isIdentifier, (node, scope) => {
    if (node.text === "arguments") walk.noteOwn("arguments", scope);
    walk.refer(node, scope);
  });
  const isAny = (node: ts.Node): node is ts.Node => node.kind >= 0;
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
    visitName(walk, node.name, scope);
    walk.visit(node.initializer, scope);
  });
  walk.on(SyntaxKind.JsxAttribute, ts.isJsxAttribute, (node, scope) => {
    walk.visit(node.initializer, scope);
  });
  const isTag = (node: ts.Node): node is ts.JsxSelfClosingElement | ts.JsxOpeningElement => ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node);
  for (const kind of [SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxOpeningElement]) {
    walk.on(kind, isTag, (node, scope) => {
      if (!ts.isIdentifier(node.tagName) || !/^[a-z]|-/.test(node.tagName.text)) walk.visit(node.tagName, scope);
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
    if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment) walk.markTargets(node.left);
    walk.visit(node.left, scope);
    walk.visit(node.right, scope);
  });
  walk.on(SyntaxKind.PostfixUnaryExpression, ts.isPostfixUnaryExpression, (node, scope) => {
    walk.markTargets(node.operand);
    walk.visit(node.operand, scope);
  });
  walk.on(SyntaxKind.PrefixUnaryExpression, ts.isPrefixUnaryExpression, (node, scope) => {
    if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) walk.markTargets(node.operand);
    walk.visit(node.operand, scope);
  });
  walk.on(SyntaxKind.CallExpression, ts.isCallExpression, (node, scope) => {
    const { expression } = node;
    const loads = expression.kind === SyntaxKind.ImportKeyword || ts.isMetaProperty(expression) || (ts.isIdentifier(expression) && expression.text === "require");
    if (loads) walk.mention(node.arguments[0]);
    walk.visit(expression, scope);
    walk.visitAll(node.arguments, scope);
  });
}

function visitName(walk: ScopeWalk, name: ts.Node, scope: Scope): void {
  if (walk.ts.isComputedPropertyName(name)) walk.visit(name.expression, scope);
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
  const isEach = (node: ts.Node): node is ts.ForInOrOfStatement => ts.isForInStatement(node) || ts.isForOfStatement(node);
  for (const kind of [SyntaxKind.ForInStatement, SyntaxKind.ForOfStatement]) {
    walk.on(kind, isEach, (node, scope) => {
      const head = walk.createScope(node, scope, scope.function, { inLoop: true });
      walk.visit(node.expression, scope);
      if (!ts.isVariableDeclarationList(node.initializer)) walk.markTargets(node.initializer);
      walk.visit(node.initializer, head);
      walk.visit(node.statement, head);
    });
  }
  const isLoop = (node: ts.Node): node is ts.WhileStatement | ts.DoStatement => ts.isWhileStatement(node) || ts.isDoStatement(node);
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
  return (list.flags & NodeFlags.BlockScoped) === NodeFlags.Let ? "let" : "const";
}

function isIterationVariable(walk: ScopeWalk, list: ts.VariableDeclarationList): boolean {
  return walk.ts.isForInStatement(list.parent) || walk.ts.isForOfStatement(list.parent);
}

function declareVariable(walk: ScopeWalk, declaration: ts.VariableDeclaration, kind: VariableKind, scope: Scope, iterated: boolean): void {
  const { ts } = walk;
  const { initializer } = declaration;
  walk.declarePattern(declaration.name, kind, scope, declaration.end, (variable) => {
    if (initializer !== undefined || iterated) variable.initialisers++;
    else variable.uninitialised ??= declaration;
    if (kind === "const" && initializer !== undefined && ts.isIdentifier(declaration.name)) variable.constant = initializer;
    const statement = declaration.parent.parent;
    if (ts.isVariableStatement(statement)) walk.markExported(variable, statement, scope);
  });
  walk.visit(initializer, scope);
}

type FunctionNode = ts.FunctionLikeDeclaration;

function addFunctionForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.FunctionDeclaration, ts.isFunctionDeclaration, (node, scope) => {
    if (node.body === undefined || isAmbient(ts, node, walk.source)) return;
    if (node.name !== undefined) {
      const variable = walk.declare(node.name, "function", scope, scope.start + 0.5);
      variable.initialisers++;
      walk.markExported(variable, node, scope);
    }
    scope.hoisted.push(node);
    openFunction(walk, node, scope, false, scope.start);
  });
  walk.on(SyntaxKind.FunctionExpression, ts.isFunctionExpression, (node, scope) => {
    let outer = scope;
    if (node.name !== undefined) {
      outer = walk.createScope(node.name, scope, scope.function);
      walk.declare(node.name, "function", outer, node.end).initialisers++;
    }
    openFunction(walk, node, outer, false, node.pos);
  });
  walk.on(SyntaxKind.ArrowFunction, ts.isArrowFunction, (node, scope) => {
    openFunction(walk, node, scope, true, node.pos);
  });
  const isMember = (node: ts.Node): node is ts.MethodDeclaration | ts.AccessorDeclaration => ts.isMethodDeclaration(node) || ts.isAccessor(node);
  for (const kind of [SyntaxKind.MethodDeclaration, SyntaxKind.GetAccessor, SyntaxKind.SetAccessor]) {
    walk.on(kind, isMember, (node, scope) => {
      visitName(walk, node.name, scope);
      openFunction(walk, node, scope, false, node.pos);
    });
  }
}

/** Parameters and the body's own variables share one scope: JavaScript forbids what would tell them apart. */
function openFunction(walk: ScopeWalk, node: FunctionNode, scope: Scope, arrow: boolean, createdAt: number): void {
  const { ts } = walk;
  const { body } = node;
  if (body === undefined) return;
  const owner = walk.createFunction(node, scope, arrow, createdAt);
  const inner = walk.createScope(node, scope, owner, { holdsVars: true, start: body.pos });
  for (const parameter of node.parameters) {
    visitDecorators(walk, parameter, scope);
    walk.declarePattern(parameter.name, "parameter", inner, parameter.end, (variable) => variable.initialisers++);
    walk.visit(parameter.initializer, inner);
  }
  if (ts.isBlock(body)) walk.visitAll(body.statements, inner);
  else walk.visit(body, inner);
}

function visitDecorators(walk: ScopeWalk, node: ts.Node, scope: Scope): void {
  if (!walk.ts.canHaveDecorators(node)) return;
  for (const decorator of walk.ts.getDecorators(node) ?? []) walk.visit(decorator.expression, scope);
}

function addClassForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.ClassDeclaration, ts.isClassDeclaration, (node, scope) => {
    if (isAmbient(ts, node, walk.source)) return;
    if (node.name !== undefined) {
      const variable = walk.declare(node.name, "class", scope, node.end);
      variable.initialisers++;
      walk.markExported(variable, node, scope);
    }
    openClass(walk, node, scope);
  });
  walk.on(SyntaxKind.ClassExpression, ts.isClassExpression, (node, scope) => {
    let outer = scope;
    if (node.name !== undefined) {
      outer = walk.createScope(node.name, scope, scope.function);
      walk.declare(node.name, "class", outer, node.end).initialisers++;
    }
    openClass(walk, node, outer);
  });
}

function openClass(walk: ScopeWalk, node: ts.ClassLikeDeclaration, scope: Scope): void {
  const { ts } = walk;
  visitDecorators(walk, node, scope);
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === ts.SyntaxKind.ExtendsKeyword) walk.visitAll(clause.types, scope);
  }
  const initializer = walk.createFunction(node, scope, false, node.pos);
  const fields = walk.createScope(node, scope, initializer, { holdsVars: true });
  for (const member of node.members) openMember(walk, member, scope, fields, node);
}

function openMember(walk: ScopeWalk, member: ts.ClassElement, scope: Scope, fields: Scope, owner: ts.ClassLikeDeclaration): void {
  const { ts } = walk;
  visitDecorators(walk, member, scope);
  if (ts.isClassStaticBlockDeclaration(member)) {
    const inner = walk.createScope(member, scope, scope.function, { holdsVars: true, ownsThis: true, start: member.body.pos });
    walk.visitAll(member.body.statements, inner);
    return;
  }
  if (ts.isPropertyDeclaration(member)) {
    const isStatic = hasModifier(ts, member, ts.SyntaxKind.StaticKeyword);
    if (hasModifier(ts, member, ts.SyntaxKind.DeclareKeyword)) return;
    const inner = isStatic ? walk.createScope(member, scope, scope.function, { holdsVars: true, ownsThis: true }) : fields;
    visitName(walk, member.name, isStatic ? scope : fields);
    walk.visit(member.initializer, inner);
    return;
  }
  if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member) && !ts.isAccessor(member)) return;
  if (!ts.isConstructorDeclaration(member)) visitName(walk, member.name, scope);
  openFunction(walk, member, scope, false, owner.pos);
}

function addModuleForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  const bind = (name: ts.Identifier, specifier: string, imported: string, typeOnly: boolean, scope: Scope): void => {
    const variable = walk.declare(name, "import", scope, 0);
    variable.importIndex = walk.imports.length;
    variable.storage = "import";
    walk.imports.push({ local: name.text, specifier, name: imported, typeOnly, at: [name.getStart(walk.source), name.end] });
  };
  walk.on(SyntaxKind.ImportDeclaration, ts.isImportDeclaration, (node, scope) => {
    walk.isModule = true;
    walk.mention(node.moduleSpecifier);
    if (!ts.isStringLiteralLike(node.moduleSpecifier)) return;
    const specifier = node.moduleSpecifier.text;
    const clause = node.importClause;
    if (clause === undefined) return;
    if (clause.name !== undefined) bind(clause.name, specifier, "default", clause.isTypeOnly, scope);
    const named = clause.namedBindings;
    if (named === undefined) return;
    if (ts.isNamespaceImport(named)) bind(named.name, specifier, "*", clause.isTypeOnly, scope);
    else for (const each of named.elements) bind(each.name, specifier, (each.propertyName ?? each.name).text, clause.isTypeOnly || each.isTypeOnly, scope);
  });
  walk.on(SyntaxKind.ImportEqualsDeclaration, ts.isImportEqualsDeclaration, (node, scope) => {
    if (ts.isExternalModuleReference(node.moduleReference)) {
      walk.isModule = true;
      walk.mention(node.moduleReference.expression);
      const { expression } = node.moduleReference;
      if (ts.isStringLiteralLike(expression)) bind(node.name, expression.text, "=", node.isTypeOnly, scope);
      return;
    }
    const variable = walk.declare(node.name, "const", scope, node.end);
    variable.initialisers++;
    walk.markExported(variable, node, scope);
    walk.visit(node.moduleReference, scope);
  });
  walk.on(SyntaxKind.ExportDeclaration, ts.isExportDeclaration, (node) => {
    walk.isModule = true;
    walk.mention(node.moduleSpecifier);
    if (node.moduleSpecifier !== undefined || node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return;
    for (const each of node.exportClause.elements) {
      const local = each.propertyName ?? each.name;
      if (ts.isIdentifier(local)) walk.exportedNames.push(local);
    }
  });
  walk.on(SyntaxKind.ExportAssignment, ts.isExportAssignment, (node, scope) => {
    walk.isModule = true;
    walk.visit(node.expression, scope);
  });
  walk.on(SyntaxKind.InterfaceDeclaration, ts.isInterfaceDeclaration, () => undefined);
  walk.on(SyntaxKind.TypeAliasDeclaration, ts.isTypeAliasDeclaration, () => undefined);
}

function addNamespaceForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  walk.on(SyntaxKind.ModuleDeclaration, ts.isModuleDeclaration, (node, scope) => {
    if (isAmbient(ts, node, walk.source) || !ts.isIdentifier(node.name) || node.body === undefined) return;
    if ((node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return;
    const variable = walk.declare(node.name, "namespace", scope, node.end);
    variable.initialisers++;
    walk.markExported(variable, node, scope);
    const inner = walk.createScope(node, scope, scope.function, { holdsVars: true, namespace: variable, start: node.body.pos });
    if (ts.isModuleBlock(node.body)) walk.visitAll(node.body.statements, inner);
    else walk.visit(node.body, inner);
  });
  walk.on(SyntaxKind.EnumDeclaration, ts.isEnumDeclaration, (node, scope) => {
    if (isAmbient(ts, node, walk.source)) return;
    const variable = walk.declare(node.name, "enum", scope, node.end);
    variable.initialisers++;
    walk.markExported(variable, node, scope);
    const inner = walk.createScope(node, scope, scope.function, { namespace: variable });
    for (const member of node.members) {
      if (ts.isIdentifier(member.name)) {
        const variable = walk.declare(member.name, "enum-member", inner, member.end);
        variable.storage = "member";
        variable.constant = member.initializer ?? null;
      }
      walk.visit(member.initializer, inner);
    }
  });
}
