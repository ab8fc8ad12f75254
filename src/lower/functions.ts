/** Functions of every kind: what they are called, their closure where they are created, and the plan of their body. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { ClassId, FunctionId, FunctionKind, Parameter, ValueId } from "../contracts/file-graph.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { lowerFunctionBody } from "./function-bodies.js";
import type { FileLowering } from "./file-lowering.js";
import { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { hasModifier } from "./modifiers.js";
import { readDirectives } from "./directives.js";
import { joinPath } from "./path-names.js";
import { readDeclaredType, readReturnType, readTypeParameters } from "./written-types.js";

/** What the place where a function stands says about it. */
export interface FunctionTraits {
  readonly kind: FunctionKind;
  /** Null for anonymous functions. */
  readonly name: string | null;
  /** The name below the enclosing declaration. */
  readonly pathName: string | null;
  readonly nameAt: Span;
  readonly class: ClassId | null;
  readonly static: boolean;
}

export function functionForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.FunctionDeclaration, ts.isFunctionDeclaration, lowerDeclaration);
  table.add(SyntaxKind.FunctionExpression, ts.isFunctionExpression, lowerFunctionExpression);
  table.add(SyntaxKind.ArrowFunction, ts.isArrowFunction, (l, node) =>
    lowerClosure(l, node, traitsOf(l, node, "arrow", null)),
  );
  table.add(SyntaxKind.MethodDeclaration, ts.isMethodDeclaration, (l, node) =>
    lowerClosure(l, node, traitsOf(l, node, "method", node.name)),
  );
  table.add(SyntaxKind.GetAccessor, ts.isGetAccessor, (l, node) =>
    lowerClosure(l, node, traitsOf(l, node, "getter", node.name)),
  );
  table.add(SyntaxKind.SetAccessor, ts.isSetAccessor, (l, node) =>
    lowerClosure(l, node, traitsOf(l, node, "setter", node.name)),
  );
  return table;
}

/** Traits of a function that is no class member. */
function traitsOf(
  l: FunctionLowering,
  node: ts.FunctionLikeDeclaration,
  kind: FunctionKind,
  name: ts.Node | null,
): FunctionTraits {
  const hint = l.file.hints.get(node);
  const own = name !== null && l.ts.isIdentifier(name) ? name.text : null;
  return {
    kind,
    name: hint?.name ?? own,
    pathName: hint?.path ?? own,
    nameAt: hint?.nameAt ?? (name === null ? keywordSpan(l.file, node) : l.span(name)),
    class: null,
    static: false,
  };
}

function lowerDeclaration(l: FunctionLowering, node: ts.FunctionDeclaration): ValueId {
  if (node.name === undefined)
    l.file.hints.set(node, { name: "default", path: "default", nameAt: keywordSpan(l.file, node) });
  const closure = lowerClosure(l, node, traitsOf(l, node, "function", node.name ?? null));
  const variable = node.name === undefined ? undefined : l.variableOf(node.name);
  if (variable !== undefined) l.write(variable, closure, l.span(node));
  else if (hasModifier(l.ts, node, l.ts.SyntaxKind.DefaultKeyword))
    l.effect({ kind: "cell-write", cell: "*default", value: closure }, l.span(node));
  return closure;
}

/** A function expression's own name is a variable of its own scope. */
function lowerFunctionExpression(l: FunctionLowering, node: ts.FunctionExpression): ValueId {
  if (node.name !== undefined) l.enterScope(node.name);
  const closure = lowerClosure(l, node, traitsOf(l, node, "function", node.name ?? null));
  const variable = node.name === undefined ? undefined : l.variableOf(node.name);
  if (variable !== undefined) l.write(variable, closure, l.span(node));
  return closure;
}

/** The token that stands for a function without a name. */
export function keywordSpan(
  file: FileLowering,
  node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration,
): Span {
  const { ts } = file;
  if (ts.isArrowFunction(node)) return file.span(node.equalsGreaterThanToken);
  const word = ts.isClassLike(node)
    ? "class"
    : ts.isConstructorDeclaration(node)
      ? "constructor"
      : "function";
  const from =
    ts.canHaveModifiers(node) && node.modifiers !== undefined
      ? node.modifiers.end
      : node.getStart(file.source);
  const start = file.source.text.indexOf(word, from);
  return start === -1 || start >= node.end
    ? [node.getStart(file.source), node.end]
    : [start, start + word.length];
}

/** Creates the closure; the body is lowered once, however often the place is. */
export function lowerClosure(
  l: FunctionLowering,
  node: ts.FunctionLikeDeclaration,
  traits: FunctionTraits,
): ValueId {
  const at = l.span(node);
  const scope = l.file.bindings.functions.get(node);
  if (scope === undefined) return l.builder.undefinedValue();
  const id = l.file.functionIds.get(node) ?? planFunction(l, node, traits);
  return l.define({ kind: "function", function: id, captures: l.capturesFor(scope, at) }, at);
}

function planFunction(
  l: FunctionLowering,
  node: ts.FunctionLikeDeclaration,
  traits: FunctionTraits,
): FunctionId {
  const { file, ts } = l;
  const scope = file.bindings.functions.get(node);
  if (scope === undefined) throw new Error("a function without a scope");
  const id = file.plans.length;
  file.functionIds.set(node, id);
  const path = traits.pathName === null ? null : file.paths.claim(joinPath(l.prefix, traits.pathName));
  const home = traits.kind === "arrow" && scope.usesSuper ? l.homeClass : traits.class;
  file.plans.push({
    head: {
      id,
      kind: traits.kind,
      name: traits.name ?? "anonymous",
      path,
      at: l.span(node),
      nameAt: traits.nameAt,
      async: hasModifier(ts, node, ts.SyntaxKind.AsyncKeyword),
      generator:
        !ts.isConstructorDeclaration(node) && !ts.isArrowFunction(node) && node.asteriskToken !== undefined,
      parent: l.identity.id,
      class: home,
      static: traits.static,
      directives:
        node.body !== undefined && ts.isBlock(node.body) ? readDirectives(ts, node.body.statements) : [],
      capturesThis: traits.kind === "arrow" && scope.captures.has("this"),
    },
    scope,
    prefix: path ?? l.prefix,
    signature: () => ({
      typeParameters: readTypeParameters(file, node),
      parameters: readParameters(file, node),
      returnType: readReturnType(file, node),
    }),
    body: (body) => {
      lowerFunctionBody(body, node);
    },
  });
  return id;
}

function readParameters(file: FileLowering, node: ts.FunctionLikeDeclaration): Parameter[] {
  const { ts } = file;
  return realParameters(ts, node).map((parameter, index) => ({
    index,
    name: ts.isIdentifier(parameter.name) ? parameter.name.text : null,
    nameAt: file.span(parameter.name),
    rest: parameter.dotDotDotToken !== undefined,
    optional: parameter.questionToken !== undefined || parameter.initializer !== undefined,
    type: readDeclaredType(file, parameter),
    property: ts.isParameterPropertyDeclaration(parameter, node),
  }));
}

/** Without TypeScript's `this` parameter, which is no argument. */
export function realParameters(ts: TypeScript, node: ts.FunctionLikeDeclaration): ts.ParameterDeclaration[] {
  return node.parameters.filter(
    (parameter) => !(ts.isIdentifier(parameter.name) && parameter.name.text === "this"),
  );
}
