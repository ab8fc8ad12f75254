/** Classes: the graph entry, the `class` instruction, static initialisers and decorators. */
import type ts from "typescript";
import type { ClassId, ClassMember, FunctionId, ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { lowerClassMembers, lowerField, planFieldInitializer } from "./class-members.js";
import { lowerDecorators } from "./decorators.js";
import { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { keywordSpan } from "./functions.js";
import { hasModifier, isAmbient } from "./modifiers.js";
import { joinPath } from "./path-names.js";
import { readHeritage, readTypeParameters } from "./written-types.js";
import { lowerStatements } from "./statements/statement-list.js";

export function classExpressionForms(ts: TypeScript): FormTable<ValueId> {
  const table = new FormTable<ValueId>();
  table.add(ts.SyntaxKind.ClassExpression, ts.isClassExpression, lowerClass);
  return table;
}

export function classStatementForms(ts: TypeScript): FormTable<void> {
  const table = new FormTable<void>();
  table.add(ts.SyntaxKind.ClassDeclaration, ts.isClassDeclaration, (l, node) => {
    if (isAmbient(l.ts, node, l.file.source)) return;
    if (node.name === undefined)
      l.file.hints.set(node, { name: "default", path: "default", nameAt: keywordSpan(l.file, node) });
    lowerClass(l, node);
  });
  return table;
}

function lowerClass(l: FunctionLowering, node: ts.ClassLikeDeclaration): ValueId {
  if (node.name !== undefined && l.ts.isClassExpression(node)) l.enterScope(node.name);
  const heritage = lowerHeritage(l, node);
  const id = l.file.classIds.get(node) ?? reserveClass(l, node);
  const path = l.file.classes[id]?.path ?? null;
  const outer = { prefix: l.prefix, home: l.homeClass };
  l.prefix = path ?? l.prefix;
  const found = lowerClassMembers(l, node, id);
  const initializer = planFieldInitializer(l, node, id);
  const members = initializer === null ? found.closures : [...found.closures, initializer];
  const value = l.define({ kind: "class", class: id, heritage, members }, l.span(node));
  completeClass(l, id, found.members, found.constructorFunction, initializer?.function ?? null);
  bindClass(l, node, value);
  l.homeClass = id;
  lowerStatics(l, node, value);
  l.homeClass = outer.home;
  l.prefix = outer.prefix;
  lowerDecorators(l, node, id);
  return byOwnName(l, node) ?? value;
}

/** What methods keep in a class expression by its own name (`return class Field { … Field.changes … }`) is in what it gives. */
function byOwnName(l: FunctionLowering, node: ts.ClassLikeDeclaration): ValueId | null {
  const variable =
    node.name !== undefined && l.ts.isClassExpression(node) ? l.variableOf(node.name) : undefined;
  return variable === undefined ? null : l.read(variable, l.span(node));
}

function lowerHeritage(l: FunctionLowering, node: ts.ClassLikeDeclaration): ValueId | null {
  const parent = extendsClause(l, node);
  return parent === undefined ? null : l.expression(parent.expression);
}

function extendsClause(
  l: FunctionLowering,
  node: ts.ClassLikeDeclaration,
): ts.ExpressionWithTypeArguments | undefined {
  return node.heritageClauses?.find((clause) => clause.token === l.ts.SyntaxKind.ExtendsKeyword)?.types[0];
}

/** Gives the class its id, name and path; members follow when they have ids. */
function reserveClass(l: FunctionLowering, node: ts.ClassLikeDeclaration): ClassId {
  const { file, ts } = l;
  const id = file.classes.length;
  file.classIds.set(node, id);
  const hint = file.hints.get(node);
  const name = hint?.name ?? node.name?.text ?? null;
  const parent = extendsClause(l, node);
  const nameNode = node.name;
  const implemented: TypeReference[] = [];
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === ts.SyntaxKind.ImplementsKeyword)
      for (const type of clause.types) implemented.push(readHeritage(file, type));
  }
  const extended = parent === undefined ? null : readHeritage(file, parent);
  file.classes.push({
    id,
    name: name ?? "anonymous",
    path: name === null ? null : file.paths.claim(joinPath(l.prefix, hint?.path ?? name)),
    at: l.span(node),
    nameAt: hint?.nameAt ?? (nameNode === undefined ? keywordSpan(file, node) : l.span(nameNode)),
    abstract: hasModifier(ts, node, ts.SyntaxKind.AbstractKeyword),
    typeParameters: readTypeParameters(file, node),
    extends: extended?.kind === "other" ? null : extended,
    implements: implemented,
    constructorFunction: null,
    fieldInitializer: null,
    members: [],
  });
  return id;
}

function completeClass(
  l: FunctionLowering,
  id: ClassId,
  members: readonly ClassMember[],
  constructorFunction: FunctionId | null,
  fieldInitializer: FunctionId | null,
): void {
  const reserved = l.file.classes[id];
  if (reserved === undefined || reserved.members.length > 0) return;
  l.file.classes[id] = { ...reserved, members, constructorFunction, fieldInitializer };
  l.createdClasses.push(id);
}

function bindClass(l: FunctionLowering, node: ts.ClassLikeDeclaration, value: ValueId): void {
  const at = l.span(node);
  const variable = node.name === undefined ? undefined : l.variableOf(node.name);
  if (variable !== undefined) l.write(variable, value, at);
  else if (hasModifier(l.ts, node, l.ts.SyntaxKind.DefaultKeyword))
    l.effect({ kind: "cell-write", cell: "*default", value }, at);
}

/** Static fields and blocks run where the class stands, with the class as `this`. */
function lowerStatics(l: FunctionLowering, node: ts.ClassLikeDeclaration, value: ValueId): void {
  const { ts } = l;
  const outer = l.thisOverride;
  l.thisOverride = value;
  const owner = node.name?.text ?? l.file.hints.get(node)?.name;
  for (const member of node.members) {
    if (!l.reachable) break;
    if (ts.isClassStaticBlockDeclaration(member)) {
      l.enterScope(member);
      lowerStatements(l, member.body.statements);
    } else if (
      ts.isPropertyDeclaration(member) &&
      member.initializer !== undefined &&
      hasModifier(ts, member, ts.SyntaxKind.StaticKeyword)
    ) {
      lowerField(l, member, member.initializer, value, owner);
    }
  }
  l.thisOverride = outer;
}
