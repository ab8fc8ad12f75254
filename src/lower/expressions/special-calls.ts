/**
 * Calls that are not calls of a value: `require("m")`, `import("m")`, `super(…)`, `String(x)`, `Reflect.construct(C, list)`;
 * and `module.exports`.
 */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionLowering } from "../function-lowering.js";
import { constantValue } from "../constant-value.js";
import { makesRequire } from "../create-require.js";
import { lowerArguments } from "./arguments.js";
import { rootName } from "./callee-names.js";

/** The value of a special call, or null where it is an ordinary one. */
export function lowerSpecialCall(l: FunctionLowering, node: ts.CallExpression): ValueId | null {
  const { ts } = l;
  const { expression } = node;
  if (expression.kind === ts.SyntaxKind.SuperKeyword) return lowerSuperCall(l, node);
  if (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isMetaProperty(expression) && expression.keywordToken === ts.SyntaxKind.ImportKeyword)
  ) {
    return lowerImportCall(l, node);
  }
  const first = node.arguments[0];
  if (isConstruction(l, node)) return lowerConstruction(l, node);
  if (first !== undefined && isTextOf(l, node))
    return l.define({ kind: "template", texts: ["", ""], values: [l.expression(first)] }, l.span(node));
  if (first === undefined || !isRequire(l, expression)) return null;
  const specifier = textOf(l, first);
  return specifier === null ? null : l.define({ kind: "require", specifier }, l.span(node));
}

/** `String(x)` is `${x}`, unless something else has the name. */
export function isTextOf(l: FunctionLowering, { expression, arguments: given }: ts.CallExpression): boolean {
  const { ts } = l;
  const [first, ...others] = given;
  if (!ts.isIdentifier(expression) || expression.text !== "String" || first === undefined) return false;
  return others.length === 0 && !ts.isSpreadElement(first) && l.variableOf(expression) === undefined;
}

/** `Reflect.construct(C, list)` is `new C(...list)`, unless something else has the name. */
export function isConstruction(
  l: FunctionLowering,
  { expression, arguments: given }: ts.CallExpression,
): boolean {
  const { ts } = l;
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === "construct" &&
    ts.isIdentifier(expression.expression) &&
    expression.expression.text === "Reflect" &&
    l.variableOf(expression.expression) === undefined &&
    given.length === 2 &&
    !given.some(ts.isSpreadElement)
  );
}

function lowerConstruction(l: FunctionLowering, node: ts.CallExpression): ValueId | null {
  const [made, list] = node.arguments;
  if (made === undefined || list === undefined) return null;
  const callee = l.expression(made);
  const spread = { value: l.expression(list), spread: true, at: l.span(list) };
  return l.define(
    {
      kind: "call",
      callee,
      receiver: null,
      arguments: [spread],
      new: true,
      optional: false,
      name: rootName(l, made),
      typeArguments: [],
    },
    l.span(node),
  );
}

/** Which module is named, be it by a constant: `require(`./texts/${LANGUAGE}`)`. */
function textOf(l: FunctionLowering, name: ts.Expression): string | null {
  const constant = constantValue(l.file, name)?.value;
  return typeof constant === "string" ? constant : null;
}

/** `require`, unless shadowed by something else; what `createRequire(…)` gives, under whatever name. */
export function isRequire(l: FunctionLowering, callee: ts.Expression): boolean {
  const { ts, source } = l.file;
  if (!ts.isIdentifier(callee)) return makesRequire(ts, callee, source);
  const variable = l.variableOf(callee);
  if (variable === undefined) return callee.text === "require";
  return variable.constant !== null && makesRequire(ts, variable.constant, source);
}

function lowerSuperCall(l: FunctionLowering, node: ts.CallExpression): ValueId {
  const args = lowerArguments(l, node.arguments);
  const value = l.define({ kind: "super-call", arguments: args }, l.span(node));
  l.afterSuper?.();
  return value;
}

function lowerImportCall(l: FunctionLowering, node: ts.CallExpression): ValueId {
  const first = node.arguments[0];
  const argument = first === undefined ? l.builder.undefinedValue() : l.expression(first);
  const specifier = first === undefined ? null : textOf(l, first);
  return l.define({ kind: "import-call", specifier, argument }, l.span(node));
}

/** `module.exports` (or `module["exports"]`) of a file that declares no `module`. */
export function isModuleExports(l: FunctionLowering, node: ts.Node): boolean {
  const { ts } = l;
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === "exports" && isFreeModule(l, node.expression);
  return (
    ts.isElementAccessExpression(node) &&
    ts.isStringLiteralLike(node.argumentExpression) &&
    node.argumentExpression.text === "exports" &&
    isFreeModule(l, node.expression)
  );
}

function isFreeModule(l: FunctionLowering, node: ts.Expression): boolean {
  return l.ts.isIdentifier(node) && node.text === "module" && l.variableOf(node) === undefined;
}
