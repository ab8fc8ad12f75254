/** Decorators, as calls that say what they decorate. They stand after the `class` instruction, members first. */
import type ts from "typescript";
import type { ClassId, DecoratorTarget } from "../contracts/file-graph.js";
import { rootName } from "./expressions/callee-names.js";
import type { FunctionLowering } from "./function-lowering.js";
import { hasModifier } from "./modifiers.js";
import { plainName } from "./property-names.js";

export function lowerDecorators(l: FunctionLowering, node: ts.ClassLikeDeclaration, id: ClassId): void {
  const { ts } = l;
  for (const member of node.members) {
    const name = ts.isConstructorDeclaration(member)
      ? "constructor"
      : member.name === undefined
        ? null
        : plainName(l, member.name);
    decorate(l, member, { kind: memberKind(l, member), class: id, member: name, parameter: null });
    if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member) && !ts.isSetAccessor(member))
      continue;
    member.parameters.forEach((parameter, index) => {
      decorate(l, parameter, { kind: "parameter", class: id, member: name, parameter: index });
    });
  }
  decorate(l, node, { kind: "class", class: id, member: null, parameter: null });
}

function memberKind(l: FunctionLowering, member: ts.ClassElement): DecoratorTarget["kind"] {
  const { ts } = l;
  if (ts.isPropertyDeclaration(member))
    return hasModifier(ts, member, ts.SyntaxKind.AccessorKeyword) ? "accessor" : "field";
  return ts.isAccessor(member) ? "accessor" : "method";
}

function decorate(l: FunctionLowering, node: ts.Node, decorates: DecoratorTarget): void {
  if (!l.ts.canHaveDecorators(node)) return;
  for (const decorator of l.ts.getDecorators(node) ?? []) {
    const callee = l.expression(decorator.expression);
    const { expression } = decorator;
    const name = rootName(l, l.ts.isCallExpression(expression) ? expression.expression : expression);
    l.define(
      {
        kind: "call",
        callee,
        receiver: null,
        arguments: [],
        new: false,
        optional: false,
        name,
        decorates,
        typeArguments: [],
      },
      l.span(decorator),
    );
  }
}
