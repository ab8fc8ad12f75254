/** Member accesses and calls. A chain `a.b().c?.d()` is lowered from its root outwards in one loop. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import type { OpenBlock } from "../open-block.js";
import { lowerKey, named } from "../property-names.js";
import { readTypes } from "../written-types.js";
import { lowerArguments } from "./arguments.js";
import { linkName, rootName } from "./callee-names.js";
import { isJsDocCast, lowerCast } from "./casts.js";
import { isConstruction, isModuleExports, isRequire, isTextOf, lowerSpecialCall } from "./special-calls.js";

type Link =
  | ts.PropertyAccessExpression
  | ts.ElementAccessExpression
  | ts.CallExpression
  | ts.TaggedTemplateExpression
  | ts.NonNullExpression
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression;

export function chainForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.PropertyAccessExpression, ts.isPropertyAccessExpression, (l, node) =>
    lowerChain(l, node, null),
  );
  table.add(SyntaxKind.ElementAccessExpression, ts.isElementAccessExpression, (l, node) =>
    lowerChain(l, node, null),
  );
  table.add(SyntaxKind.CallExpression, ts.isCallExpression, (l, node) => lowerChain(l, node, null));
  table.add(SyntaxKind.TaggedTemplateExpression, ts.isTaggedTemplateExpression, (l, node) =>
    lowerChain(l, node, null),
  );
  table.add(SyntaxKind.NonNullExpression, ts.isNonNullExpression, (l, node) => lowerChain(l, node, null));
  table.add(SyntaxKind.NewExpression, ts.isNewExpression, lowerNew);
  return table;
}

/** What a link hands to the next one. */
interface ChainState {
  value: ValueId;
  /** The object that the value was read from: the `this` of a call. */
  receiver: ValueId | null;
  name: string;
}

/** `short` is where an optional chain goes when it ends early; null: to a join, with `undefined`. */
export function lowerChain(l: FunctionLowering, node: ts.Expression, short: OpenBlock | null): ValueId {
  const { builder } = l;
  const { root, links } = flatten(l, node);
  const state = lowerRoot(l, root, links);
  const join = short ?? builder.newBlock();
  const joined = {};
  let optional = false;
  for (const link of links.toReversed()) {
    if ("questionDotToken" in link && link.questionDotToken !== undefined) {
      const next = builder.newBlock();
      if (short === null && !optional) builder.write(joined, builder.undefinedValue(), false);
      optional = true;
      builder.branch("defined", state.value, next, join, l.span(link.expression));
      builder.enter(next);
    }
    lowerLink(l, link, state);
  }
  if (!optional || short !== null) return state.value;
  builder.write(joined, state.value, false);
  builder.jump(join);
  builder.enter(join);
  return builder.read(joined);
}

/** The links from the outermost inwards, and what they hang on. */
function flatten(l: FunctionLowering, node: ts.Expression): { root: ts.Expression; links: Link[] } {
  const { ts } = l;
  const links: Link[] = [];
  let root = node;
  for (;;) {
    if (ts.isCallExpression(root)) {
      if (isSpecialCallee(l, root)) break;
      links.push(root);
      root = root.expression;
    } else if (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) {
      if (isModuleExports(l, root)) break;
      links.push(root);
      root = root.expression;
    } else if (ts.isTaggedTemplateExpression(root)) {
      links.push(root);
      root = root.tag;
    } else if (ts.isNonNullExpression(root)) {
      links.push(root);
      root = root.expression;
    } else if (links.length > 0 && isTransparent(l, root)) {
      links.push(root);
      root = root.expression;
    } else break;
  }
  return { root, links };
}

function isSpecialCallee(l: FunctionLowering, call: ts.CallExpression): boolean {
  const { ts } = l;
  const { expression } = call;
  if (
    expression.kind === ts.SyntaxKind.SuperKeyword ||
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    ts.isMetaProperty(expression)
  )
    return true;
  return (
    isTextOf(l, call) || isConstruction(l, call) || (call.arguments.length > 0 && isRequire(l, expression))
  );
}

/** Parentheses and casts around a callee keep its receiver; around an optional chain they end it. */
function isTransparent(
  l: FunctionLowering,
  node: ts.Expression,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression {
  const { ts } = l;
  if (!ts.isParenthesizedExpression(node) && !ts.isAsExpression(node) && !ts.isSatisfiesExpression(node))
    return false;
  if (ts.isParenthesizedExpression(node) && isJsDocCast(l, node)) return false;
  let inner: ts.Expression = node.expression;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner))
    inner = inner.expression;
  return (
    (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) &&
    !ts.isOptionalChain(inner)
  );
}

function lowerRoot(l: FunctionLowering, root: ts.Expression, links: Link[]): ChainState {
  const { ts } = l;
  const first = links.at(-1);
  if (
    root.kind === ts.SyntaxKind.SuperKeyword &&
    first !== undefined &&
    (ts.isPropertyAccessExpression(first) || ts.isElementAccessExpression(first))
  ) {
    links.pop();
    const receiver = l.thisValue(l.span(root));
    const property = ts.isPropertyAccessExpression(first)
      ? named(first.name.text)
      : lowerKey(l, first.argumentExpression);
    const value = l.define(
      { kind: "super-load", property, nameAt: l.span(memberName(l, first)) },
      l.span(first),
    );
    return { value, receiver, name: linkName(l, "super", first) };
  }
  if (ts.isCallExpression(root)) {
    const value = lowerSpecialCall(l, root);
    if (value !== null) return { value, receiver: null, name: rootName(l, root) };
    const callee = l.expression(root.expression);
    const state: ChainState = { value: callee, receiver: null, name: rootName(l, root.expression) };
    lowerLink(l, root, state);
    return state;
  }
  const value = isModuleExports(l, root)
    ? l.define({ kind: "module-exports" }, l.span(root))
    : l.expression(root);
  return { value, receiver: null, name: rootName(l, root) };
}

/** The node that names the member. */
export function memberName(
  l: FunctionLowering,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): ts.Node {
  return l.ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
}

function lowerLink(l: FunctionLowering, link: Link, state: ChainState): void {
  const { ts } = l;
  const at = l.span(link);
  if (ts.isPropertyAccessExpression(link) || ts.isElementAccessExpression(link)) {
    const property = ts.isPropertyAccessExpression(link)
      ? named(link.name.text)
      : lowerKey(l, link.argumentExpression);
    state.receiver = state.value;
    state.value = l.define(
      { kind: "load", object: state.value, property, nameAt: l.span(memberName(l, link)) },
      at,
    );
  } else if (ts.isCallExpression(link)) {
    const args = lowerArguments(l, link.arguments);
    state.value = l.define(
      {
        kind: "call",
        callee: state.value,
        receiver: state.receiver,
        arguments: args,
        new: false,
        optional: link.questionDotToken !== undefined,
        name: state.name,
        typeArguments: readTypes(l.file, link.typeArguments),
      },
      at,
    );
    state.receiver = null;
  } else if (ts.isTaggedTemplateExpression(link)) {
    state.value = lowerTagged(l, link, state);
    state.receiver = null;
  } else if (ts.isAsExpression(link)) {
    state.value = lowerCast(l, link, link.type, state.value);
  }
  state.name = linkName(l, state.name, link);
}

function lowerTagged(l: FunctionLowering, node: ts.TaggedTemplateExpression, state: ChainState): ValueId {
  const { template } = node;
  const spans = l.ts.isTemplateExpression(template) ? template.templateSpans : [];
  const head = l.ts.isTemplateExpression(template) ? template.head.text : template.text;
  const args = spans.map((span) => ({
    value: l.expression(span.expression),
    spread: false,
    at: l.span(span.expression),
  }));
  return l.define(
    {
      kind: "call",
      callee: state.value,
      receiver: state.receiver,
      arguments: args,
      new: false,
      optional: false,
      name: state.name,
      template: [head, ...spans.map((span) => span.literal.text)],
      typeArguments: readTypes(l.file, node.typeArguments),
    },
    l.span(node),
  );
}

function lowerNew(l: FunctionLowering, node: ts.NewExpression): ValueId {
  const callee = l.expression(node.expression);
  const args = lowerArguments(l, node.arguments);
  return l.define(
    {
      kind: "call",
      callee,
      receiver: null,
      arguments: args,
      new: true,
      optional: false,
      name: rootName(l, node.expression),
      typeArguments: readTypes(l.file, node.typeArguments),
    },
    l.span(node),
  );
}
