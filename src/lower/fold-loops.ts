/**
 * Loops that hand one value through the functions of a list (`for (const step of steps) text = step(text)`), or go down
 * into it by a list of keys (`for (const key of path) at = at[key]`). They are lowered as the fold that they are,
 * `text = [...steps].reduce((text, step) => step(text), text)`, so that whoever knows what the list holds can tell what
 * the last function gave from what the first one got.
 */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";

export interface FoldLoop {
  /** The variable that goes through the functions, where the loop assigns to it. */
  readonly target: ts.Identifier;
  /** What leaves the loop where there is nothing in the variable: `if (at == null) return fallback;`, as its first statement. */
  readonly leaving: ts.IfStatement | null;
}

/** Null for any other loop. */
export function readFold(ts: TypeScript, loop: ts.ForInOrOfStatement): FoldLoop | null {
  if (!ts.isForOfStatement(loop) || loop.awaitModifier !== undefined) return null;
  const { initializer, statement } = loop;
  if (!ts.isVariableDeclarationList(initializer) || !isPlain(ts, initializer)) return null;
  const [declaration] = initializer.declarations;
  const leaving = firstLeaving(ts, statement);
  const body = declaration === undefined ? null : readBody(ts, statement, leaving);
  if (declaration === undefined || body === null) return null;
  const elements = namesIn(ts, declaration.name);
  const target = onlyTarget(body, elements);
  if (target === null || (leaving !== null && !isAbsent(ts, leaving.expression, target.text))) return null;
  const isFold = body.assignments.some(
    ({ right }) => runsOn(ts, right, elements, target.text) || goesDown(ts, right, elements, target.text),
  );
  return isFold ? { target, leaving } : null;
}

/** `if (…) return …;`, `if (…) break;`: the first of several statements. */
function firstLeaving(ts: TypeScript, statement: ts.Statement): ts.IfStatement | null {
  const first = ts.isBlock(statement) ? statement.statements[0] : undefined;
  if (first === undefined || !ts.isIfStatement(first) || first.elseStatement !== undefined) return null;
  const { thenStatement } = first;
  const then = ts.isBlock(thenStatement) ? thenStatement.statements[0] : thenStatement;
  const isAlone = !ts.isBlock(thenStatement) || thenStatement.statements.length === 1;
  if (then === undefined || !isAlone) return null;
  const leavesLoop = ts.isReturnStatement(then) || (ts.isBreakStatement(then) && then.label === undefined);
  return leavesLoop ? first : null;
}

/** `at == null`, `at === undefined`, `!at`, `typeof at !== "object"`, or one of these. */
function isAbsent(ts: TypeScript, test: ts.Expression, target: string): boolean {
  const isTarget = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === target;
  if (ts.isParenthesizedExpression(test)) return isAbsent(ts, test.expression, target);
  if (ts.isPrefixUnaryExpression(test))
    return test.operator === ts.SyntaxKind.ExclamationToken && isTarget(test.operand);
  if (!ts.isBinaryExpression(test)) return false;
  const { left, right, operatorToken } = test;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
      return isAbsent(ts, left, target) && isAbsent(ts, right, target);
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return isTarget(left) && isNothing(ts, right);
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return ts.isTypeOfExpression(left) && isTarget(left.expression) && isTextOf(ts, right, "object");
    default:
      return false;
  }
}

function isNothing(ts: TypeScript, node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");
}

function isTextOf(ts: TypeScript, node: ts.Expression, text: string): boolean {
  return ts.isStringLiteralLike(node) && node.text === text;
}

/**
 * Who catches what a function of the list throws meets what the ones before it gave: in a `catch` that mentions the
 * variable, or behind one that goes on. `from`: where the variable is declared.
 */
export function isSeenHalfway(
  ts: TypeScript,
  loop: ts.ForInOrOfStatement,
  { text }: ts.Identifier,
  from: number,
): boolean {
  const mentions = (node: ts.Node | undefined): boolean =>
    node !== undefined && contains(ts, node, (part) => ts.isIdentifier(part) && part.text === text);
  let below: ts.Node = loop;
  for (let at = loop.parent; !ts.isFunctionLike(at) && !ts.isSourceFile(at); below = at, at = at.parent) {
    if (!ts.isTryStatement(at) || at.tryBlock !== below || from >= at.pos) continue;
    const { catchClause, finallyBlock } = at;
    if (mentions(catchClause) || mentions(finallyBlock)) return true;
    const last = catchClause?.block.statements.at(-1);
    if (
      catchClause !== undefined &&
      (last === undefined || !(ts.isThrowStatement(last) || ts.isReturnStatement(last)))
    )
      return true;
  }
  return false;
}

/** What `await` stands in, in the function that the loop belongs to. */
export function waits(ts: TypeScript, loop: ts.ForInOrOfStatement): boolean {
  return contains(ts, loop.statement, (node) => ts.isAwaitExpression(node));
}

interface Assignment {
  readonly left: ts.Identifier;
  readonly right: ts.Expression;
}

interface Body {
  /** `name = …`, each by itself. */
  readonly assignments: readonly Assignment[];
  /** Names that anything else gives a value. */
  readonly otherwise: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

/** `const` or `let`; `using` disposes of something, and a `var` outlives the loop. */
function isPlain(ts: TypeScript, list: ts.VariableDeclarationList): boolean {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Let || kind === ts.NodeFlags.Const;
}

/** Null where something leaves the loop, or belongs to the function around it. */
function readBody(ts: TypeScript, statement: ts.Statement, leaving: ts.IfStatement | null): Body | null {
  const assignments: Assignment[] = [];
  const otherwise = new Set<string>();
  const declared = new Set<string>();
  let isClosed = true;
  const visit = (node: ts.Node, inner: boolean): void => {
    if (!isClosed || ts.isTypeNode(node) || node === leaving) return;
    if (leaves(ts, node, inner)) {
      isClosed = false;
      return;
    }
    if (ts.isVariableDeclarationList(node) && !isPlain(ts, node)) isClosed = false;
    if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isClassLike(node) || isNamed(ts, node))
      for (const name of namesIn(ts, node.name)) declared.add(name);
    if (ts.isBinaryExpression(node) && isAssignment(ts, node)) {
      const { left, right, operatorToken } = node;
      if (!inner && ts.isIdentifier(left) && operatorToken.kind === ts.SyntaxKind.EqualsToken)
        assignments.push({ left, right });
      else for (const name of targetsIn(ts, left)) otherwise.add(name);
    } else if (changesItself(ts, node)) for (const name of targetsIn(ts, node.operand)) otherwise.add(name);
    else if (ts.isForInStatement(node) || ts.isForOfStatement(node))
      for (const name of targetsIn(ts, node.initializer)) otherwise.add(name);
    ts.forEachChild(node, (child) => {
      visit(child, inner || ts.isFunctionLike(node) || ts.isClassLike(node));
    });
  };
  visit(statement, false);
  return isClosed ? { assignments, otherwise, declared } : null;
}

function isNamed(ts: TypeScript, node: ts.Node): node is ts.FunctionDeclaration | ts.FunctionExpression {
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node);
}

function leaves(ts: TypeScript, node: ts.Node, inner: boolean): boolean {
  if (inner) return false;
  return (
    ts.isReturnStatement(node) ||
    ts.isBreakStatement(node) ||
    ts.isLabeledStatement(node) ||
    (ts.isContinueStatement(node) && node.label !== undefined) ||
    ts.isYieldExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
  );
}

function isAssignment(ts: TypeScript, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function changesItself(
  ts: TypeScript,
  node: ts.Node,
): node is ts.PostfixUnaryExpression | ts.PrefixUnaryExpression {
  return (
    (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

function namesIn(ts: TypeScript, name: ts.BindingName | undefined): string[] {
  if (name === undefined) return [];
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(ts, element.name) : []));
}

/** Names that a target may give a value: more than those that it does is no harm. */
function targetsIn(ts: TypeScript, target: ts.Node): string[] {
  if (ts.isIdentifier(target)) return [target.text];
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return [];
  if (ts.isVariableDeclarationList(target)) return [];
  const found: string[] = [];
  ts.forEachChild(target, (child) => {
    found.push(...targetsIn(ts, child));
  });
  return found;
}

/** The one variable from outside that the loop gives a value. */
function onlyTarget(body: Body, elements: readonly string[]): ts.Identifier | null {
  const isOutside = (name: string): boolean => !body.declared.has(name) && !elements.includes(name);
  const [first, ...others] = body.assignments.filter(({ left }) => isOutside(left.text));
  if (first === undefined || others.some(({ left }) => left.text !== first.left.text)) return null;
  return [...body.otherwise].some(isOutside) ? null : first.left;
}

/** Calls the element or a method of it, and hands it the variable. */
function runsOn(ts: TypeScript, right: ts.Node, elements: readonly string[], target: string): boolean {
  return contains(ts, right, (node) => {
    if (!ts.isCallExpression(node)) return false;
    const root = rootOf(ts, node.expression);
    if (!ts.isIdentifier(root) || !elements.includes(root.text)) return false;
    return node.arguments.some((argument) =>
      contains(ts, argument, (part) => ts.isIdentifier(part) && part.text === target),
    );
  });
}

/** `at[key]`, `at.parts[key]` */
function goesDown(ts: TypeScript, right: ts.Node, elements: readonly string[], target: string): boolean {
  return contains(
    ts,
    right,
    (node) =>
      ts.isElementAccessExpression(node) &&
      ts.isIdentifier(node.argumentExpression) &&
      elements.includes(node.argumentExpression.text) &&
      contains(ts, node.expression, (part) => ts.isIdentifier(part) && part.text === target),
  );
}

function rootOf(ts: TypeScript, callee: ts.Expression): ts.Expression {
  let root = callee;
  while (
    ts.isPropertyAccessExpression(root) ||
    ts.isElementAccessExpression(root) ||
    ts.isNonNullExpression(root) ||
    ts.isParenthesizedExpression(root)
  )
    root = root.expression;
  return root;
}

/** Functions written inside are not looked into. */
function contains(ts: TypeScript, node: ts.Node, isMeant: (node: ts.Node) => boolean): boolean {
  if (isMeant(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => contains(ts, child, isMeant) || undefined) ?? false;
}
