/** Namespaces and enums: objects that are filled where they stand. */
import type ts from "typescript";
import type { ValueId } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { constantValue } from "./constant-value.js";
import { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { isAmbient } from "./modifiers.js";
import { joinPath } from "./path-names.js";
import { named, plainName } from "./property-names.js";
import { lowerStatements } from "./statements/statement-list.js";

export function namespaceForms(ts: TypeScript): FormTable<void> {
  const table = new FormTable<void>();
  table.add(ts.SyntaxKind.ModuleDeclaration, ts.isModuleDeclaration, (l, node) => {
    if (!isAmbient(l.ts, node, l.file.source)) lowerNamespace(l, node);
  });
  table.add(ts.SyntaxKind.EnumDeclaration, ts.isEnumDeclaration, (l, node) => {
    if (!isAmbient(l.ts, node, l.file.source)) lowerEnum(l, node);
  });
  return table;
}

/** The object that declarations of one name share: made by the first, unless a function or class is it. */
function sharedObject(
  l: FunctionLowering,
  node: ts.ModuleDeclaration | ts.EnumDeclaration,
  name: ts.Identifier,
): ValueId | null {
  const variable = l.variableOf(name);
  if (variable === undefined) return null;
  const at = l.span(node);
  const isFirst = variable.nameAt[0] === name.getStart(l.file.source);
  const object = isFirst ? l.define({ kind: "object" }, at) : l.read(variable, at);
  if (isFirst) l.write(variable, object, at);
  return object;
}

/** Its body runs where it stands; exported members are variables of their own and properties of the object. */
function lowerNamespace(l: FunctionLowering, node: ts.ModuleDeclaration): void {
  const { ts } = l;
  const { body } = node;
  if (body === undefined || !ts.isIdentifier(node.name) || sharedObject(l, node, node.name) === null) return;
  const outer = l.prefix;
  l.prefix = joinPath(outer, node.name.text);
  l.enterScope(node);
  if (ts.isModuleBlock(body)) lowerStatements(l, body.statements);
  else l.statement(body);
  l.prefix = outer;
}

function lowerEnum(l: FunctionLowering, node: ts.EnumDeclaration): void {
  const object = sharedObject(l, node, node.name);
  if (object === null) return;
  let next: number | null = 0;
  for (const member of node.members) {
    const name = plainName(l, member.name);
    if (name === null) continue;
    const at = l.span(member);
    const constant: ReturnType<typeof constantValue> =
      member.initializer === undefined ? { value: next } : constantValue(l.file, member.initializer);
    const number: number | null = typeof constant?.value === "number" ? constant.value : null;
    const value: ValueId =
      member.initializer === undefined || number !== null
        ? counted(l, number, l.span(member.initializer ?? member))
        : l.expression(member.initializer);
    next = number === null ? null : number + 1;
    l.effect(
      { kind: "store", object, property: named(name), value, nameAt: l.span(member.name), initial: true },
      at,
    );
  }
}

/** A member without a value counts on; after a computed one the number is not known here. */
function counted(l: FunctionLowering, next: number | null, at: readonly [number, number]): ValueId {
  return next === null
    ? l.builder.undefinedValue()
    : l.define({ kind: "constant", value: next, type: "number" }, at);
}
