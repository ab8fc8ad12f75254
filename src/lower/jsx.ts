/** JSX: `jsx` with an object of properties; children are its property `children`. */
import type ts from "typescript";
import type { ValueId } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { lowerSpread } from "./expressions/conditions.js";
import { lowerArray } from "./expressions/literal-objects.js";
import { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { named } from "./property-names.js";
import { rootName } from "./expressions/callee-names.js";

export function jsxForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.JsxElement, ts.isJsxElement, (l, node) =>
    lowerElement(l, node, node.openingElement, node.children),
  );
  table.add(SyntaxKind.JsxSelfClosingElement, ts.isJsxSelfClosingElement, (l, node) =>
    lowerElement(l, node, node, []),
  );
  table.add(SyntaxKind.JsxFragment, ts.isJsxFragment, (l, node) => {
    const props = l.define({ kind: "object" }, l.span(node.openingFragment));
    addChildren(l, node, node.children, props);
    return l.define({ kind: "jsx", component: null, tag: "", props }, l.span(node));
  });
  table.add(SyntaxKind.JsxExpression, ts.isJsxExpression, (l, node) =>
    node.expression === undefined ? l.builder.undefinedValue() : l.expression(node.expression),
  );
  table.add(SyntaxKind.JsxText, ts.isJsxText, (l, node) =>
    l.define({ kind: "constant", value: textOf(node.text), type: "string" }, l.span(node)),
  );
  return table;
}

function lowerElement(
  l: FunctionLowering,
  node: ts.Node,
  opening: ts.JsxOpeningElement | ts.JsxSelfClosingElement,
  children: readonly ts.JsxChild[],
): ValueId {
  const { tag, component } = lowerTag(l, opening.tagName);
  const props = l.define({ kind: "object" }, l.span(opening.attributes));
  for (const attribute of opening.attributes.properties) lowerAttribute(l, attribute, props);
  addChildren(l, node, children, props);
  return l.define({ kind: "jsx", component, tag, props }, l.span(node));
}

/** Lower-case and dashed names are elements of the host; everything else is a value. */
function lowerTag(
  l: FunctionLowering,
  name: ts.JsxTagNameExpression,
): { tag: string; component: ValueId | null } {
  const { ts } = l;
  if (ts.isJsxNamespacedName(name))
    return { tag: `${name.namespace.text}:${name.name.text}`, component: null };
  if (ts.isIdentifier(name) && /^[a-z]|-/.test(name.text)) return { tag: name.text, component: null };
  return { tag: rootName(l, name), component: l.expression(name) };
}

function lowerAttribute(l: FunctionLowering, attribute: ts.JsxAttributeLike, props: ValueId): void {
  const { ts } = l;
  const at = l.span(attribute);
  if (ts.isJsxSpreadAttribute(attribute)) {
    lowerSpread(l, attribute.expression, (source) => {
      l.effect({ kind: "copy-properties", target: props, source }, at);
    });
    return;
  }
  const { name, initializer } = attribute;
  const text = ts.isJsxNamespacedName(name) ? `${name.namespace.text}:${name.name.text}` : name.text;
  const value =
    initializer === undefined
      ? l.define({ kind: "constant", value: true, type: "boolean" }, at)
      : l.expression(initializer);
  l.effect(
    { kind: "store", object: props, property: named(text), value, nameAt: l.span(name), initial: true },
    at,
  );
}

function addChildren(
  l: FunctionLowering,
  node: ts.Node,
  children: readonly ts.JsxChild[],
  props: ValueId,
): void {
  const { ts } = l;
  const shown: ts.Node[] = children.filter((child) => {
    if (ts.isJsxText(child)) return textOf(child.text) !== "";
    return !ts.isJsxExpression(child) || child.expression !== undefined;
  });
  const [only] = shown;
  if (only === undefined) return;
  const isSpread = shown.some((child) => ts.isJsxExpression(child) && child.dotDotDotToken !== undefined);
  const value = shown.length === 1 && !isSpread ? l.expression(only) : lowerChildren(l, node, shown);
  const at = l.span(node);
  l.effect(
    { kind: "store", object: props, property: named("children"), value, nameAt: at, initial: true },
    at,
  );
}

/** `{...items}` among children appends them. */
function lowerChildren(l: FunctionLowering, node: ts.Node, shown: readonly ts.Node[]): ValueId {
  const { ts } = l;
  if (!shown.some((child) => ts.isJsxExpression(child) && child.dotDotDotToken !== undefined))
    return lowerArray(l, node, shown);
  const array = l.define({ kind: "array" }, l.span(node));
  for (const child of shown) {
    const at = l.span(child);
    const value = l.expression(child);
    if (ts.isJsxExpression(child) && child.dotDotDotToken !== undefined)
      l.effect({ kind: "append-elements", target: array, source: value }, at);
    else
      l.effect(
        { kind: "store", object: array, property: { kind: "element" }, value, nameAt: at, initial: true },
        at,
      );
  }
  return array;
}

/** Text as JSX shows it: lines trimmed, empty ones dropped, the rest joined by a space. */
function textOf(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  const lines = text.split(/\r\n|\n|\r/);
  return lines
    .map((line, index) => {
      const start = index === 0 ? line : line.trimStart();
      return index === lines.length - 1 ? start : start.trimEnd();
    })
    .filter((line) => line !== "")
    .join(" ");
}
