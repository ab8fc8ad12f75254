/** Functions, classes, imports, exports, namespaces and enums: the declarations that open scopes of their own. */
import type ts from "typescript";
import { hasModifier, isAmbient } from "./modifiers.js";
import type { Scope } from "./scopes.js";
import type { ScopeWalk } from "./scope-walk.js";

export function addDeclarationForms(walk: ScopeWalk): void {
  addFunctionForms(walk);
  addClassForms(walk);
  addModuleForms(walk);
  addNamespaceForms(walk);
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
  const isMember = (node: ts.Node): node is ts.MethodDeclaration | ts.AccessorDeclaration =>
    ts.isMethodDeclaration(node) || ts.isAccessor(node);
  for (const kind of [SyntaxKind.MethodDeclaration, SyntaxKind.GetAccessor, SyntaxKind.SetAccessor]) {
    walk.on(kind, isMember, (node, scope) => {
      walk.visitName(node.name, scope);
      openFunction(walk, node, scope, false, node.pos);
    });
  }
}

/** Parameters and the body's own variables share one scope: JavaScript forbids what would tell them apart. */
function openFunction(
  walk: ScopeWalk,
  node: FunctionNode,
  scope: Scope,
  arrow: boolean,
  createdAt: number,
): void {
  const { ts } = walk;
  const { body } = node;
  if (body === undefined) return;
  const owner = walk.createFunction(node, scope, arrow, createdAt);
  const inner = walk.createScope(node, scope, owner, { holdsVars: true, start: body.pos });
  for (const parameter of node.parameters) {
    visitDecorators(walk, parameter, scope);
    walk.declarePattern(
      parameter.name,
      "parameter",
      inner,
      parameter.end,
      (variable) => variable.initialisers++,
    );
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

function openMember(
  walk: ScopeWalk,
  member: ts.ClassElement,
  scope: Scope,
  fields: Scope,
  owner: ts.ClassLikeDeclaration,
): void {
  const { ts } = walk;
  visitDecorators(walk, member, scope);
  if (ts.isClassStaticBlockDeclaration(member)) {
    const inner = walk.createScope(member, scope, scope.function, {
      holdsVars: true,
      ownsThis: true,
      start: member.body.pos,
    });
    walk.visitAll(member.body.statements, inner);
    return;
  }
  if (ts.isPropertyDeclaration(member)) {
    const isStatic = hasModifier(ts, member, ts.SyntaxKind.StaticKeyword);
    if (hasModifier(ts, member, ts.SyntaxKind.DeclareKeyword)) return;
    const inner = isStatic
      ? walk.createScope(member, scope, scope.function, { holdsVars: true, ownsThis: true })
      : fields;
    walk.visitName(member.name, isStatic ? scope : fields);
    walk.visit(member.initializer, inner);
    return;
  }
  if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member) && !ts.isAccessor(member))
    return;
  if (!ts.isConstructorDeclaration(member)) walk.visitName(member.name, scope);
  openFunction(walk, member, scope, false, owner.pos);
}

function addModuleForms(walk: ScopeWalk): void {
  const { ts } = walk;
  const { SyntaxKind } = ts;
  const bind = (
    name: ts.Identifier,
    specifier: string,
    imported: string,
    holder: ts.Node,
    scope: Scope,
  ): void => {
    const variable = walk.declare(name, "import", scope, 0);
    variable.importIndex = walk.imports.length;
    variable.storage = "import";
    const typeOnly = ts.isTypeOnlyImportDeclaration(holder);
    walk.imports.push({
      local: name.text,
      specifier,
      name: imported,
      typeOnly,
      at: [name.getStart(walk.source), name.end],
    });
  };
  walk.on(SyntaxKind.ImportDeclaration, ts.isImportDeclaration, (node, scope) => {
    walk.isModule = true;
    walk.mention(node.moduleSpecifier);
    const clause = node.importClause;
    if (!ts.isStringLiteralLike(node.moduleSpecifier) || clause === undefined) return;
    const specifier = node.moduleSpecifier.text;
    if (clause.name !== undefined) bind(clause.name, specifier, "default", clause, scope);
    const named = clause.namedBindings;
    if (named === undefined) return;
    if (ts.isNamespaceImport(named)) bind(named.name, specifier, "*", named, scope);
    else
      for (const each of named.elements)
        bind(each.name, specifier, (each.propertyName ?? each.name).text, each, scope);
  });
  walk.on(SyntaxKind.ImportEqualsDeclaration, ts.isImportEqualsDeclaration, (node, scope) => {
    if (ts.isExternalModuleReference(node.moduleReference)) {
      walk.isModule = true;
      walk.mention(node.moduleReference.expression);
      const { expression } = node.moduleReference;
      if (ts.isStringLiteralLike(expression)) bind(node.name, expression.text, "=", node, scope);
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
    if (
      node.moduleSpecifier !== undefined ||
      node.exportClause === undefined ||
      !ts.isNamedExports(node.exportClause)
    )
      return;
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
    const inner = walk.createScope(node, scope, scope.function, {
      holdsVars: true,
      namespace: variable,
      start: node.body.pos,
    });
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
