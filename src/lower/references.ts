/** Targets of assignments: what is evaluated once, then read and written. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { PropertyName, ValueId } from "../contracts/file-graph.js";
import { isModuleExports } from "./expressions/special-calls.js";
import type { FunctionLowering } from "./function-lowering.js";
import { lowerKey, named } from "./property-names.js";
import type { Variable } from "./scopes.js";
import { readDeclaredType } from "./written-types.js";

export type Target =
  | { readonly kind: "variable"; readonly variable: Variable; readonly at: Span }
  | { readonly kind: "global"; readonly name: string; readonly at: Span }
  | {
      readonly kind: "member";
      readonly object: ValueId;
      readonly property: PropertyName;
      readonly nameAt: Span;
      readonly at: Span;
    }
  | {
      readonly kind: "super-member";
      readonly property: PropertyName;
      readonly nameAt: Span;
      readonly at: Span;
    }
  | { readonly kind: "module-exports"; readonly at: Span }
  /** Nothing that holds a value: `exports = …`, or a target that is an error. */
  | { readonly kind: "nothing" };

/** Evaluates what stands left of an assignment, patterns apart. */
export function lowerTarget(l: FunctionLowering, node: ts.Expression): Target {
  const { ts } = l;
  const at = l.span(node);
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  ) {
    return lowerTarget(l, node.expression);
  }
  if (ts.isIdentifier(node)) {
    const variable = l.variableOf(node);
    if (variable !== undefined) return { kind: "variable", variable, at };
    return node.text === "exports" || node.text === ""
      ? { kind: "nothing" }
      : { kind: "global", name: node.text, at };
  }
  if (isModuleExports(l, node)) return { kind: "module-exports", at };
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) {
    l.expression(node);
    return { kind: "nothing" };
  }
  const isSuper = node.expression.kind === ts.SyntaxKind.SuperKeyword;
  const object = isSuper ? null : l.expression(node.expression);
  const property = ts.isPropertyAccessExpression(node)
    ? named(node.name.text)
    : lowerKey(l, node.argumentExpression);
  const nameAt = l.span(ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression);
  return object === null
    ? { kind: "super-member", property, nameAt, at }
    : { kind: "member", object, property, nameAt, at };
}

export function readTarget(l: FunctionLowering, target: Target): ValueId {
  switch (target.kind) {
    case "variable":
      return l.read(target.variable, target.at);
    case "global":
      return l.define({ kind: "global", name: target.name }, target.at);
    case "member":
      return l.define(
        { kind: "load", object: target.object, property: target.property, nameAt: target.nameAt },
        target.at,
      );
    case "super-member":
      return l.define({ kind: "super-load", property: target.property, nameAt: target.nameAt }, target.at);
    case "module-exports":
      return l.define({ kind: "module-exports" }, target.at);
    case "nothing":
      return l.builder.undefinedValue();
  }
}

/** Gives a target its new value in place of an old one (`+=`, `++`). `at` is the whole assignment. */
export function updateTarget(l: FunctionLowering, target: Target, value: ValueId, at: Span): void {
  if (target.kind === "variable") l.write(target.variable, declareLate(l, target.variable, value, at), at);
  else writeTarget(l, target, value, at);
}

/** `at` is the whole assignment. */
export function writeTarget(l: FunctionLowering, target: Target, value: ValueId, at: Span): void {
  switch (target.kind) {
    case "variable":
      l.write(target.variable, declareLate(l, target.variable, value, at), at);
      return;
    case "global":
      l.effect({ kind: "global-write", name: target.name, value }, at);
      return;
    case "member":
      l.effect(
        {
          kind: "store",
          object: target.object,
          property: target.property,
          value,
          nameAt: target.nameAt,
          initial: false,
        },
        at,
      );
      return;
    case "super-member":
      // `super.x = v` writes to `this` unless a setter above takes it.
      l.effect(
        {
          kind: "store",
          object: l.thisValue(target.at),
          property: target.property,
          value,
          nameAt: target.nameAt,
          initial: false,
          above: true,
        },
        at,
      );
      return;
    case "module-exports":
      l.effect({ kind: "module-exports-write", value }, at);
      return;
    case "nothing":
      return;
  }
}

/**
 * `let x: T; … x = v`: what a variable gets by assignment is where its annotation and type take hold, as they do
 * for what it is declared with.
 */
function declareLate(l: FunctionLowering, variable: Variable, value: ValueId, at: Span): ValueId {
  const declaration = variable.told;
  if (declaration === null) return value;
  const type = l.ts.isIdentifier(declaration.name) ? readDeclaredType(l.file, declaration) : null;
  return l.define({ kind: "declare", value, name: variable.name, nameAt: variable.nameAt, type }, at);
}
