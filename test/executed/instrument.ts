/**
 * The text of a fixture's file with its typed and marked places told to the run: what comes from outside gets a value
 * of the type it is given, and the token of the place that it is put into.
 */
import ts from "typescript";
import type { PlanId } from "./plan.js";
import { isAmbient, type TokenOf, type TypePlans } from "./type-plans.js";

interface Edit {
  readonly at: number;
  readonly text: string;
  /** Of edits at one place, the lower comes first. */
  readonly order: number;
}

export interface Instrumentation {
  readonly checker: ts.TypeChecker;
  readonly plans: TypePlans;
  readonly tokenOf: TokenOf;
  /** Whether a function's result holds nothing any more: `@redacts` and its like. */
  readonly isCleaning: (declaration: ts.Node) => boolean;
  readonly isOwn: (declaration: ts.Declaration) => boolean;
}

type FunctionNode = ts.FunctionLikeDeclaration & { readonly body?: ts.Node };

export function instrument(source: ts.SourceFile, given: Instrumentation, extra: string): string {
  const edits = new Edits(source, given).all();
  const text = edits
    .sort((a, b) => b.at - a.at || b.order - a.order)
    .reduce((done, edit) => done.slice(0, edit.at) + edit.text + done.slice(edit.at), source.text);
  return `${text}\n${extra}`;
}

class Edits {
  private readonly edits: Edit[] = [];
  private count = 0;

  constructor(
    private readonly source: ts.SourceFile,
    private readonly given: Instrumentation,
  ) {}

  all(): Edit[] {
    this.visit(this.source);
    return this.edits;
  }

  private visit(node: ts.Node): void {
    if (isAmbient(node) && !ts.isPropertyDeclaration(node)) return;
    if (ts.isTypeNode(node)) return;
    // Outer edits are made first, so that at one place they enclose the inner ones.
    this.typed(node);
    this.marked(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.handed(node);
    if (ts.isFunctionLike(node) && "body" in node) this.parameters(node as FunctionNode);
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  private wrap(node: ts.Expression, before: string, after = ")"): void {
    this.count += 1;
    this.edits.push({ at: node.getStart(this.source), text: before, order: this.count });
    this.edits.push({ at: node.end, text: after, order: -this.count });
  }

  private planOf(type: ts.Type): PlanId | null {
    return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) === 0
      ? this.given.plans.of(type)
      : null;
  }

  private wrapTyped(node: ts.Expression, type: ts.Type): void {
    const plan = this.planOf(type);
    if (plan !== null) this.wrap(node, `__typed(${String(plan)}, `);
  }

  private typed(node: ts.Node): void {
    const { checker } = this.given;
    if (
      (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) &&
      !ts.isConstTypeReference(node.type)
    )
      this.wrapTyped(node, checker.getTypeFromTypeNode(node.type));
    else if (ts.isParenthesizedExpression(node)) {
      // A cast in a comment, of a file in JavaScript.
      const type = ts.getJSDocType(node);
      if (type !== undefined) this.wrapTyped(node, checker.getTypeFromTypeNode(type));
    } else if (ts.isVariableDeclaration(node) && node.type !== undefined && node.initializer !== undefined)
      this.wrapTyped(node.initializer, checker.getTypeFromTypeNode(node.type));
    else if (ts.isReturnStatement(node) && node.expression !== undefined) this.returned(node.expression);
    else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) this.returned(node.body, node);
    else if (ts.isCallExpression(node)) this.called(node);
  }

  private returned(expression: ts.Expression, within?: FunctionNode): void {
    const { checker, isCleaning, tokenOf } = this.given;
    const owner = within ?? ownerOf(expression);
    if (owner === undefined || isGenerator(owner)) return;
    const named = nameHolder(owner);
    if (isCleaning(owner) || isCleaning(named)) this.wrap(expression, "__cleaned(");
    const token = tokenOf(named as ts.Declaration);
    if (token !== null && named === owner) this.wrap(expression, `__marked(${String(token)}, `);
    if (owner.type === undefined) return;
    const type = checker.getTypeFromTypeNode(owner.type);
    this.wrapTyped(expression, (isAsync(owner) ? checker.getAwaitedType(type) : undefined) ?? type);
  }

  /** What a package gives has the type that its declarations tell, or that is written at the call. */
  private called(node: ts.CallExpression): void {
    const { checker, plans, isOwn } = this.given;
    if (
      node.expression.kind === ts.SyntaxKind.SuperKeyword ||
      node.expression.kind === ts.SyntaxKind.ImportKeyword
    )
      return;
    const declaration = checker.getResolvedSignature(node)?.declaration;
    if (declaration !== undefined && isOwn(declaration)) return;
    const type = checker.getTypeAtLocation(node);
    const [written] = node.typeArguments ?? [];
    if ((type.flags & ts.TypeFlags.Any) === 0) {
      if (declaration !== undefined && isOfPackage(declaration)) this.wrapTyped(node, type);
    } else if (written !== undefined)
      this.wrap(node, `__typedCall(${String(plans.of(checker.getTypeFromTypeNode(written)))}, `);
  }

  private marked(node: ts.Node): void {
    const { checker, tokenOf } = this.given;
    if (ts.isPropertyAssignment(node))
      this.wrapMarked(node.initializer, this.tokenInContext(node) ?? tokenOf(node));
    else if (ts.isShorthandPropertyAssignment(node)) {
      const token = this.tokenInContext(node);
      if (token !== null)
        this.edits.push({
          at: node.name.end,
          text: `: __marked(${String(token)}, ${node.name.text})`,
          order: 0,
        });
    } else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      !ts.isObjectLiteralExpression(node.left) &&
      !ts.isArrayLiteralExpression(node.left)
    ) {
      const symbol = checker.getSymbolAtLocation(
        ts.isElementAccessExpression(node.left) ? node.left.argumentExpression : node.left,
      );
      this.wrapMarked(node.right, this.tokenOfSymbol(symbol));
    } else if (
      (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) &&
      node.initializer !== undefined
    )
      this.wrapMarked(node.initializer, tokenOf(node));
  }

  private wrapMarked(node: ts.Expression, token: number | null): void {
    if (token !== null) this.wrap(node, `__marked(${String(token)}, `);
  }

  private tokenInContext(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): number | null {
    const type = this.given.checker.getContextualType(node.parent);
    return type === undefined ? null : this.tokenOfSymbol(type.getProperty(node.name.getText(this.source)));
  }

  private tokenOfSymbol(symbol: ts.Symbol | undefined): number | null {
    for (const declaration of symbol?.declarations ?? []) {
      const token = this.given.tokenOf(declaration);
      if (token !== null) return token;
    }
    return null;
  }

  /** Functions of packages and of the language that are handed on are known by the place where that is done. */
  private handed(node: ts.CallExpression | ts.NewExpression): void {
    const { checker, isOwn } = this.given;
    for (const argument of node.arguments ?? []) {
      if (!ts.isIdentifier(argument) && !ts.isPropertyAccessExpression(argument)) continue;
      const declaration = checker.getTypeAtLocation(argument).getCallSignatures()[0]?.declaration;
      if (declaration === undefined || isOwn(declaration)) continue;
      const { line } = this.source.getLineAndCharacterOfPosition(node.getStart(this.source));
      this.wrap(argument, "__handed(", `, __file, ${String(line + 1)})`);
    }
  }

  /** A parameter with a written type, or with a mark of its own. */
  private parameters(node: FunctionNode): void {
    const { checker, tokenOf } = this.given;
    if (node.body === undefined) return;
    const told = node.parameters.flatMap((parameter) => {
      if (!ts.isIdentifier(parameter.name) || parameter.dotDotDotToken !== undefined) return [];
      const name = parameter.name.text;
      if (name === "this") return [];
      const plan =
        parameter.type === undefined ? null : this.planOf(checker.getTypeFromTypeNode(parameter.type));
      const token = tokenOf(parameter);
      return [
        ...(plan === null ? [] : [`${name} = __typed(${String(plan)}, ${name})`]),
        ...(token === null
          ? []
          : [
              `${isProperty(parameter) ? `this.${name} = ` : ""}${name} = __marked(${String(token)}, ${name})`,
            ]),
      ];
    });
    if (told.length === 0 || usesArguments(node)) return;
    if (ts.isBlock(node.body)) {
      const before = firstPlace(node);
      if (before !== null) this.edits.push({ at: before, text: ` ${told.join("; ")};`, order: 0 });
    } else this.wrap(node.body, `(${told.join(", ")}, `);
  }
}

/** Behind `super(…)` where a constructor calls it, else behind the brace; null where that is not clear. */
function firstPlace(node: FunctionNode): number | null {
  const body = node.body as ts.Block;
  if (!ts.isConstructorDeclaration(node)) return body.getStart() + 1;
  const first = body.statements[0];
  const isDerived = node.parent.heritageClauses?.some(
    (clause) => clause.token === ts.SyntaxKind.ExtendsKeyword,
  );
  if (isDerived !== true) return body.getStart() + 1;
  return first !== undefined && first.getText().startsWith("super(") ? first.end : null;
}

/** A parameter that is a field too has been stored before the body begins. */
function isProperty(parameter: ts.ParameterDeclaration): boolean {
  return ts.isParameterPropertyDeclaration(parameter, parameter.parent);
}

function usesArguments(node: ts.Node): boolean {
  return /\barguments\b/u.test(node.getText());
}

function ownerOf(node: ts.Node): FunctionNode | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike) as FunctionNode | undefined;
}

/** What a function's annotations stand on: itself, or the variable that holds it. */
function nameHolder(owner: FunctionNode): ts.Node {
  return ts.isVariableDeclaration(owner.parent) ||
    ts.isPropertyDeclaration(owner.parent) ||
    ts.isPropertyAssignment(owner.parent)
    ? owner.parent
    : owner;
}

function isAsync(node: FunctionNode): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0;
}

function isGenerator(node: FunctionNode): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

/** Declared by a package, not by the language or its libraries. */
function isOfPackage(declaration: ts.Declaration): boolean {
  const file = declaration.getSourceFile().fileName;
  return (
    file.includes("/node_modules/") && !file.includes("/typescript/lib/") && !file.includes("/@types/node/")
  );
}
