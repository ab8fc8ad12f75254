/** The walk that finds scopes, variables and references. It keeps its own stack: chains of thousands of operands are no depth. */
import type ts from "typescript";
import type { ImportBinding } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { isExported } from "./modifiers.js";
import type { Fold, FunctionScope, Scope, Variable, VariableKind } from "./scopes.js";

export interface Reference {
  readonly node: ts.Identifier;
  readonly scope: Scope;
  readonly write: boolean;
}

type Handler = (node: ts.Node, scope: Scope) => void;

/** Registers what to do with nodes of a kind. */
export type OnKind = <T extends ts.Node>(
  kind: ts.SyntaxKind,
  guard: (node: ts.Node) => node is T,
  handle: (node: T, scope: Scope) => void,
) => void;

export class ScopeWalk {
  readonly scopes = new Map<ts.Node, Scope>();
  readonly functions = new Map<ts.Node, FunctionScope>();
  readonly folds = new Map<ts.Node, Fold>();
  /** By the offset at which the identifier ends: numbers are cheaper keys than nodes. */
  private readonly variables = new Map<number, Variable>();
  readonly declared: Variable[] = [];
  readonly references: Reference[] = [];
  readonly imports: ImportBinding[] = [];
  readonly specifiers = new Set<string>();
  /** What loads a module here: `require`, and what `createRequire` gave. */
  readonly requireNames = new Set(["require"]);
  readonly exportedNames: ts.Identifier[] = [];
  readonly module: FunctionScope = {
    parent: null,
    arrow: false,
    createdAt: 0,
    captures: new Map(),
    usesSuper: false,
  };
  readonly moduleScope: Scope;
  /** Targets of assignments among the identifiers still to come. */
  readonly targets = new Set<ts.Node>();
  isModule = false;
  private readonly handlers = new Map<ts.SyntaxKind, Handler>();
  private readonly stack: { readonly node: ts.Node; readonly scope: Scope }[] = [];
  private batch: { readonly node: ts.Node; readonly scope: Scope }[] = [];

  constructor(
    readonly ts: TypeScript,
    readonly source: ts.SourceFile,
  ) {
    this.moduleScope = this.createScope(source, null, this.module, { holdsVars: true });
  }

  readonly on: OnKind = (kind, guard, handle) => {
    this.handlers.set(kind, (node, scope) => {
      if (guard(node)) handle(node, scope);
    });
  };

  run(): void {
    for (const statement of this.source.statements) this.visit(statement, this.moduleScope);
    this.flush();
    for (let next = this.stack.pop(); next !== undefined; next = this.stack.pop()) {
      const handler = this.handlers.get(next.node.kind);
      if (handler !== undefined) handler(next.node, next.scope);
      else if (!this.ts.isTypeNode(next.node)) this.visitChildren(next.node, next.scope);
      this.flush();
    }
  }

  private flush(): void {
    for (let each = this.batch.pop(); each !== undefined; each = this.batch.pop()) this.stack.push(each);
  }

  /** Visits a node later, after those asked for before it. */
  visit(node: ts.Node | undefined, scope: Scope): void {
    if (node !== undefined) this.batch.push({ node, scope });
  }

  visitAll(nodes: readonly ts.Node[] | undefined, scope: Scope): void {
    for (const node of nodes ?? []) this.visit(node, scope);
  }

  visitChildren(node: ts.Node, scope: Scope): void {
    this.ts.forEachChild(node, (child) => {
      this.visit(child, scope);
    });
  }

  /** A computed name holds an expression. */
  visitName(name: ts.Node, scope: Scope): void {
    if (this.ts.isComputedPropertyName(name)) this.visit(name.expression, scope);
  }

  createScope(node: ts.Node, parent: Scope | null, owner: FunctionScope, traits: Partial<Scope> = {}): Scope {
    const scope: Scope = {
      parent,
      function: owner,
      variables: new Map(),
      start: node.pos,
      holdsVars: false,
      branching: false,
      inLoop: parent !== null && parent.function === owner && parent.inLoop,
      ownsThis: false,
      hoisted: [],
      namespace: null,
      ...traits,
    };
    this.scopes.set(node, scope);
    return scope;
  }

  createFunction(node: ts.Node, scope: Scope, arrow: boolean, createdAt: number): FunctionScope {
    const created: FunctionScope = {
      parent: scope.function,
      arrow,
      createdAt,
      captures: new Map(),
      usesSuper: false,
    };
    this.functions.set(node, created);
    return created;
  }

  declare(name: ts.Identifier, kind: VariableKind, scope: Scope, initialisedAt: number): Variable {
    let holder = scope;
    if (kind === "var") while (!holder.holdsVars && holder.parent !== null) holder = holder.parent;
    let variable = holder.variables.get(name.text);
    if (variable === undefined) {
      variable = newVariable(name, kind, holder, initialisedAt, this.source);
      holder.variables.set(name.text, variable);
      this.declared.push(variable);
    }
    if (kind === "var" && scope.inLoop) variable.writes++;
    this.bind(name, variable);
    return variable;
  }

  /** A name with `export` is the module's, or a member of the namespace that it stands in. */
  markExported(variable: Variable, statement: ts.Node, scope: Scope): void {
    const dotted = this.ts.isModuleDeclaration(statement) && this.ts.isModuleDeclaration(statement.parent);
    if (!dotted && !isExported(this.ts, statement)) return;
    if (scope.parent === null) variable.exported = true;
    else variable.memberOf = scope.namespace;
  }

  /** Declares every name of a pattern. */
  declarePattern(
    name: ts.BindingName,
    kind: VariableKind,
    scope: Scope,
    initialisedAt: number,
    seen: (variable: Variable) => void,
  ): void {
    if (this.ts.isIdentifier(name)) {
      seen(this.declare(name, kind, scope, initialisedAt));
      return;
    }
    for (const element of name.elements) {
      if (!this.ts.isBindingElement(element)) continue;
      if (element.propertyName !== undefined) this.visit(element.propertyName, scope);
      this.declarePattern(element.name, kind, scope, initialisedAt, seen);
      this.visit(element.initializer, scope);
    }
  }

  /** Marks the identifiers that an assignment gives a value. */
  markTargets(target: ts.Node): void {
    const { ts } = this;
    if (ts.isIdentifier(target)) this.targets.add(target);
    else if (
      ts.isParenthesizedExpression(target) ||
      ts.isNonNullExpression(target) ||
      ts.isAsExpression(target) ||
      ts.isSatisfiesExpression(target) ||
      ts.isSpreadElement(target) ||
      ts.isSpreadAssignment(target)
    ) {
      this.markTargets(target.expression);
    } else if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      this.markTargets(target.left);
    else if (ts.isArrayLiteralExpression(target))
      target.elements.forEach((element) => {
        this.markTargets(element);
      });
    else if (ts.isObjectLiteralExpression(target)) {
      for (const property of target.properties) {
        if (ts.isPropertyAssignment(property)) this.markTargets(property.initializer);
        else if (ts.isShorthandPropertyAssignment(property)) this.targets.add(property.name);
        else this.markTargets(property);
      }
    }
  }

  bind(name: ts.Identifier, variable: Variable): void {
    this.variables.set(name.end, variable);
  }

  /** A missing identifier (error recovery) has no text, and may end where another one does. */
  readonly variableOf = (name: ts.Identifier): Variable | undefined =>
    name.text === "" ? undefined : this.variables.get(name.end);

  refer(node: ts.Identifier, scope: Scope): void {
    if (node.text !== "") this.references.push({ node, scope, write: this.targets.has(node) });
  }

  /** Notes `this` or `arguments`: arrow functions capture it from the function that has one. */
  noteOwn(key: "this" | "arguments", scope: Scope, isSuper = false): void {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      if (key === "this" && at.ownsThis) return;
      if (at.parent !== null && at.parent.function === at.function) continue;
      if (!at.function.arrow) return;
      capture(at.function, key);
      if (isSuper) at.function.usesSuper = true;
    }
  }

  mention(specifier: ts.Node | undefined): void {
    if (specifier !== undefined && this.ts.isStringLiteralLike(specifier))
      this.specifiers.add(specifier.text);
  }
}

export function capture(into: FunctionScope, key: Variable | "this" | "arguments"): void {
  if (!into.captures.has(key)) into.captures.set(key, into.captures.size);
}

function newVariable(
  name: ts.Identifier,
  kind: VariableKind,
  scope: Scope,
  initialisedAt: number,
  source: ts.SourceFile,
): Variable {
  return {
    name: name.text,
    kind,
    nameAt: [name.getStart(source), name.end],
    scope,
    initialisers: 0,
    writes: 0,
    writtenByClosure: false,
    captured: false,
    capturedEarly: false,
    initialisedAt,
    exported: false,
    memberOf: null,
    storage: "local",
    cell: name.text,
    direct: false,
    told: null,
    constant: null,
    importIndex: -1,
  };
}
