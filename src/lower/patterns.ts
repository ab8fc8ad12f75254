/** Destructuring: declarations and assignments, nested, with defaults, rests and computed keys. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { PropertyName, ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import type { FunctionLowering } from "./function-lowering.js";
import { lowerPropertyName, named } from "./property-names.js";
import { lowerTarget, writeTarget } from "./references.js";

/** The value, or that of the default where it is `undefined`. */
export function withDefault(
  l: FunctionLowering,
  value: ValueId,
  fallback: ts.Expression | undefined,
  at: Span,
): ValueId {
  if (fallback === undefined) return value;
  const { builder } = l;
  const joined = {};
  const missing = builder.newBlock();
  const join = builder.newBlock();
  builder.write(joined, value, false);
  builder.branch("defined", value, join, missing, at);
  builder.enter(missing);
  builder.write(joined, l.expression(fallback), false);
  builder.jump(join);
  builder.enter(join);
  return builder.read(joined);
}

/** Declares the names of a variable, parameter or pattern; each name in a pattern gets a `declare`. */
export function bindName(
  l: FunctionLowering,
  name: ts.BindingName,
  value: ValueId,
  at: Span,
  type: TypeReference | null,
): void {
  const { ts } = l;
  if (!ts.isIdentifier(name)) {
    bindPattern(l, name, value);
    return;
  }
  const variable = l.variableOf(name);
  if (variable === undefined) return;
  const declared = l.define({ kind: "declare", value, name: name.text, nameAt: l.span(name), type }, at);
  l.write(variable, declared, at);
}

export function bindPattern(l: FunctionLowering, pattern: ts.BindingPattern, value: ValueId): void {
  if (l.ts.isArrayBindingPattern(pattern)) {
    pattern.elements.forEach((element, index) => {
      if (l.ts.isBindingElement(element)) bindElement(l, element, value, index);
    });
    return;
  }
  const excluded: PropertyName[] = [];
  for (const element of pattern.elements) {
    const at = l.span(element);
    if (element.dotDotDotToken !== undefined) {
      bindName(
        l,
        element.name,
        l.define({ kind: "object-rest", object: value, excluded: excluded.slice() }, at),
        at,
        null,
      );
      continue;
    }
    const key = element.propertyName ?? element.name;
    if (l.ts.isBindingName(key) && !l.ts.isIdentifier(key)) continue;
    const property = lowerPropertyName(l, key);
    excluded.push(property);
    const loaded = l.define({ kind: "load", object: value, property, nameAt: l.span(key) }, at);
    bindName(l, element.name, withDefault(l, loaded, element.initializer, at), at, null);
  }
}

function bindElement(l: FunctionLowering, element: ts.BindingElement, array: ValueId, index: number): void {
  const at = l.span(element);
  const value =
    element.dotDotDotToken === undefined
      ? loadPosition(l, array, index, at)
      : l.define({ kind: "array-rest", array, from: index }, at);
  bindName(l, element.name, withDefault(l, value, element.initializer, at), at, null);
}

function loadPosition(l: FunctionLowering, array: ValueId, index: number, at: Span): ValueId {
  return l.define(
    { kind: "load", object: array, property: named(String(index)), nameAt: at, iterates: true },
    at,
  );
}

export function isAssignmentPattern(
  l: FunctionLowering,
  node: ts.Node,
): node is ts.ObjectLiteralExpression | ts.ArrayLiteralExpression {
  return l.ts.isObjectLiteralExpression(node) || l.ts.isArrayLiteralExpression(node);
}

/** `[a, b.c = 1, ...d] = value` and `({ a, b: c.d } = value)`. */
export function assignPattern(
  l: FunctionLowering,
  pattern: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression,
  value: ValueId,
): void {
  const { ts } = l;
  if (ts.isArrayLiteralExpression(pattern)) {
    pattern.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      const at = l.span(element);
      if (ts.isSpreadElement(element))
        assignTo(l, element.expression, l.define({ kind: "array-rest", array: value, from: index }, at), at);
      else assignTo(l, element, loadPosition(l, value, index, at), at);
    });
    return;
  }
  const excluded: PropertyName[] = [];
  for (const property of pattern.properties) assignProperty(l, property, value, excluded);
}

function assignProperty(
  l: FunctionLowering,
  element: ts.ObjectLiteralElementLike,
  value: ValueId,
  excluded: PropertyName[],
): void {
  const { ts } = l;
  const at = l.span(element);
  if (ts.isSpreadAssignment(element)) {
    assignTo(
      l,
      element.expression,
      l.define({ kind: "object-rest", object: value, excluded: excluded.slice() }, at),
      at,
    );
    return;
  }
  if (!ts.isPropertyAssignment(element) && !ts.isShorthandPropertyAssignment(element)) return;
  const property = lowerPropertyName(l, element.name);
  excluded.push(property);
  const loaded = l.define({ kind: "load", object: value, property, nameAt: l.span(element.name) }, at);
  if (ts.isPropertyAssignment(element)) assignTo(l, element.initializer, loaded, at);
  else
    writeTarget(
      l,
      lowerTarget(l, element.name),
      withDefault(l, loaded, element.objectAssignmentInitializer, at),
      at,
    );
}

/** Assigns to anything that can stand in a pattern: a target, a nested pattern, either with a default. */
export function assignTo(l: FunctionLowering, target: ts.Expression, value: ValueId, at: Span): void {
  const { ts } = l;
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    assignTo(l, target.left, withDefault(l, value, target.right, at), at);
  } else if (isAssignmentPattern(l, target)) assignPattern(l, target, value);
  else writeTarget(l, lowerTarget(l, target), value, at);
}
