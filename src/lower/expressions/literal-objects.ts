/** Object and array literals. */
import type ts from "typescript";
import type { PropertyName, ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import { lowerSpread } from "./conditions.js";
import type { NameHint } from "../file-lowering.js";
import type { FunctionLowering } from "../function-lowering.js";
import { hintName } from "../name-hints.js";
import { lowerPropertyName, named } from "../property-names.js";

export function literalObjectForms(ts: TypeScript): FormTable<ValueId> {
  const table = new FormTable<ValueId>();
  table.add(ts.SyntaxKind.ObjectLiteralExpression, ts.isObjectLiteralExpression, lowerObject);
  table.add(ts.SyntaxKind.ArrayLiteralExpression, ts.isArrayLiteralExpression, (l, node) =>
    lowerArray(l, node, node.elements),
  );
  return table;
}

function lowerObject(l: FunctionLowering, node: ts.ObjectLiteralExpression): ValueId {
  const object = l.define({ kind: "object" }, l.span(node));
  const owner = l.file.hints.get(node);
  for (const element of node.properties) lowerElement(l, element, object, owner);
  return object;
}

function lowerElement(
  l: FunctionLowering,
  element: ts.ObjectLiteralElementLike,
  object: ValueId,
  owner: NameHint | undefined,
): void {
  const { ts } = l;
  const at = l.span(element);
  if (ts.isSpreadAssignment(element)) {
    lowerSpread(l, element.expression, (source) => {
      l.effect({ kind: "copy-properties", target: object, source }, at);
    });
    return;
  }
  const property = lowerPropertyName(l, element.name);
  const nameAt = l.span(element.name);
  const name = property.kind === "name" ? property.name : "anonymous";
  const hint = {
    name: owner === undefined ? name : `${owner.name}.${name}`,
    path: owner === undefined ? name : `${owner.path}.${name}`,
    nameAt,
  };
  const store = (value: ValueId, accessor?: "get" | "set"): void => {
    l.effect(
      {
        kind: "store",
        object,
        property,
        value,
        nameAt,
        initial: true,
        ...(accessor === undefined ? {} : { accessor }),
      },
      at,
    );
  };
  if (ts.isPropertyAssignment(element)) {
    hintName(l.file, element.initializer, hint);
    const value = l.expression(element.initializer);
    // What its prototype has, it has, too.
    if (name === "__proto__" && !ts.isComputedPropertyName(element.name))
      l.effect({ kind: "copy-properties", target: object, source: value }, at);
    store(value);
  } else if (ts.isShorthandPropertyAssignment(element)) store(l.expression(element.name));
  else {
    l.file.hints.set(element, hint);
    const closure = l.expression(element);
    store(closure, ts.isGetAccessor(element) ? "get" : ts.isSetAccessor(element) ? "set" : undefined);
  }
}

/** Positions are names until a spread shifts them. Holes count. */
export function lowerArray(l: FunctionLowering, node: ts.Node, elements: readonly ts.Node[]): ValueId {
  const { ts } = l;
  const array = l.define({ kind: "array" }, l.span(node));
  let shifted = false;
  elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const at = l.span(element);
    if (ts.isSpreadElement(element)) {
      shifted = true;
      l.effect({ kind: "append-elements", target: array, source: l.expression(element.expression) }, at);
      return;
    }
    const property: PropertyName = shifted ? { kind: "element" } : named(String(index));
    l.effect(
      { kind: "store", object: array, property, value: l.expression(element), nameAt: at, initial: true },
      at,
    );
  });
  return array;
}
