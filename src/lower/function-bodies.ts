/** Parameters and bodies of functions. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { ValueId } from "../contracts/file-graph.js";
import { withoutDirectives } from "./directives.js";
import type { FunctionLowering } from "./function-lowering.js";
import { bindPattern, withDefault } from "./patterns.js";
import { lowerStatements } from "./statements/statement-list.js";

export function lowerFunctionBody(l: FunctionLowering, node: ts.FunctionLikeDeclaration): void {
  const { ts } = l;
  const scope = l.file.bindings.scopes.get(node);
  const { body } = node;
  if (scope === undefined || body === undefined) return;
  l.openVariables(scope);
  const properties = bindParameters(l, node);
  l.hoist(scope);
  if (ts.isConstructorDeclaration(node)) storeProperties(l, node, properties);
  if (ts.isBlock(body)) {
    lowerStatements(l, withoutDirectives(ts, body.statements));
    l.builder.return(null, [Math.max(body.end - 1, body.pos), body.end]);
  } else {
    const value = l.expression(body);
    l.builder.return(value, l.span(body));
  }
}

interface ParameterProperty {
  readonly name: string;
  readonly nameAt: Span;
  readonly value: ValueId;
  readonly at: Span;
}

function bindParameters(l: FunctionLowering, node: ts.FunctionLikeDeclaration): ParameterProperty[] {
  const { ts } = l;
  const properties: ParameterProperty[] = [];
  let index = 0;
  for (const parameter of node.parameters) {
    const { name } = parameter;
    const at = l.span(name);
    if (ts.isIdentifier(name) && name.text === "this") continue;
    const incoming = l.define({ kind: "parameter", index: index++ }, at);
    const value = withDefault(l, incoming, parameter.initializer, at);
    if (!ts.isIdentifier(name)) {
      bindPattern(l, name, value);
      continue;
    }
    const variable = l.variableOf(name);
    if (variable !== undefined) l.write(variable, value, at);
    if (ts.isParameterPropertyDeclaration(parameter, node))
      properties.push({ name: name.text, nameAt: at, value, at: l.span(parameter) });
  }
  return properties;
}

/** Parameter properties are stored as soon as there is a `this`: after `super(…)` in a derived class. */
function storeProperties(
  l: FunctionLowering,
  node: ts.ConstructorDeclaration,
  properties: readonly ParameterProperty[],
): void {
  const store = (): void => {
    for (const { name, nameAt, value, at } of properties) {
      l.effect(
        {
          kind: "store",
          object: l.thisValue(at),
          property: { kind: "name", name },
          value,
          nameAt,
          initial: true,
        },
        at,
      );
    }
  };
  const isDerived =
    node.parent.heritageClauses?.some((clause) => clause.token === l.ts.SyntaxKind.ExtendsKeyword) ?? false;
  if (isDerived) l.afterSuper = store;
  else store();
}
