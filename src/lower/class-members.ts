/** Methods, accessors, constructors and instance fields of a class. */
import type ts from "typescript";
import type { ClassId, ClassMember, FunctionId, PropertyName, ValueId } from "../contracts/file-graph.js";
import type { FunctionLowering } from "./function-lowering.js";
import { noSignature } from "./file-lowering.js";
import type { FunctionTraits } from "./functions.js";
import { keywordSpan, lowerClosure } from "./functions.js";
import { hasModifier } from "./modifiers.js";
import { hintName } from "./name-hints.js";
import { joinPath } from "./path-names.js";
import { lowerPropertyName, named, plainName } from "./property-names.js";
import { readDeclaredType, readMadeType, readReturnType } from "./written-types.js";

export interface MemberClosure {
  readonly function: FunctionId;
  readonly value: ValueId;
}

export interface LoweredMembers {
  readonly closures: MemberClosure[];
  readonly members: ClassMember[];
  readonly constructorFunction: FunctionId | null;
}

type Method = ts.MethodDeclaration | ts.AccessorDeclaration;

export function lowerClassMembers(
  l: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  id: ClassId,
): LoweredMembers {
  const { ts } = l;
  const closures: MemberClosure[] = [];
  const members: ClassMember[] = [];
  let constructorFunction: FunctionId | null = null;
  const close = (member: ts.FunctionLikeDeclaration, traits: FunctionTraits): FunctionId | null => {
    const value = lowerClosure(l, member, traits);
    const created = l.file.functionIds.get(member);
    if (created === undefined) return null;
    closures.push({ function: created, value });
    return created;
  };
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      for (const parameter of member.parameters) addParameterProperty(l, member, parameter, members);
      if (member.body !== undefined)
        constructorFunction = close(member, constructorTraits(l, node, member, id));
    } else if (ts.isMethodDeclaration(member) || ts.isAccessor(member)) {
      if (member.body === undefined && isOverload(l, node, member)) continue;
      const name = lowerPropertyName(l, member.name);
      const created =
        member.body === undefined ? null : close(member, methodTraits(l, node, member, name, id));
      members.push(describeMethod(l, member, name, created));
    } else if (ts.isPropertyDeclaration(member)) members.push(describeField(l, member));
  }
  return { closures, members, constructorFunction };
}

function ownerName(l: FunctionLowering, node: ts.ClassLikeDeclaration): string | undefined {
  return l.file.hints.get(node)?.name ?? node.name?.text;
}

function constructorTraits(
  l: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  member: ts.ConstructorDeclaration,
  id: ClassId,
): FunctionTraits {
  const owner = ownerName(l, node);
  const pathName = owner === undefined ? null : "constructor";
  return {
    kind: "constructor",
    name: owner === undefined ? "constructor" : `${owner}.constructor`,
    pathName,
    nameAt: keywordSpan(l.file, member),
    class: id,
    static: false,
  };
}

function methodTraits(
  l: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  member: Method,
  name: PropertyName,
  id: ClassId,
): FunctionTraits {
  const { ts } = l;
  const owner = ownerName(l, node);
  const own =
    name.kind === "name"
      ? name.name
      : ts.isComputedPropertyName(member.name)
        ? `[${member.name.expression.getText(l.file.source)}]`
        : "anonymous";
  return {
    kind: ts.isGetAccessor(member) ? "getter" : ts.isSetAccessor(member) ? "setter" : "method",
    name: owner === undefined ? own : `${owner}.${own}`,
    pathName: owner === undefined ? null : own,
    nameAt: l.span(member.name),
    class: id,
    static: hasModifier(ts, member, ts.SyntaxKind.StaticKeyword),
  };
}

/** A signature of a method that has its body elsewhere in the class. */
function isOverload(l: FunctionLowering, node: ts.ClassLikeDeclaration, member: Method): boolean {
  const name = plainName(l, member.name);
  return (
    name !== null &&
    node.members.some(
      (other) =>
        l.ts.isMethodDeclaration(other) && other.body !== undefined && plainName(l, other.name) === name,
    )
  );
}

function describeMethod(
  l: FunctionLowering,
  member: Method,
  name: PropertyName,
  created: FunctionId | null,
): ClassMember {
  const { ts } = l;
  const result = readReturnType(l.file, member);
  const parameter = member.parameters[0];
  const isSetter = ts.isSetAccessor(member);
  return {
    name,
    nameAt: l.span(member.name),
    static: hasModifier(ts, member, ts.SyntaxKind.StaticKeyword),
    kind: ts.isGetAccessor(member) ? "getter" : isSetter ? "setter" : "method",
    function: created,
    type: ts.isMethodDeclaration(member)
      ? { kind: "function", result }
      : isSetter
        ? parameter === undefined
          ? null
          : readDeclaredType(l.file, parameter)
        : result,
  };
}

function describeField(l: FunctionLowering, member: ts.PropertyDeclaration): ClassMember {
  return {
    name: lowerPropertyName(l, member.name),
    nameAt: l.span(member.name),
    static: hasModifier(l.ts, member, l.ts.SyntaxKind.StaticKeyword),
    kind: "field",
    function: null,
    type: readDeclaredType(l.file, member) ?? readMadeType(l.file, member),
  };
}

/** `constructor(private readonly db: Pool)` declares a field as well. */
function addParameterProperty(
  l: FunctionLowering,
  member: ts.ConstructorDeclaration,
  parameter: ts.ParameterDeclaration,
  members: ClassMember[],
): void {
  if (!l.ts.isParameterPropertyDeclaration(parameter, member) || !l.ts.isIdentifier(parameter.name)) return;
  members.push({
    name: named(parameter.name.text),
    nameAt: l.span(parameter.name),
    static: false,
    kind: "field",
    function: null,
    type: readDeclaredType(l.file, parameter),
  });
}

type InitializedField = ts.PropertyDeclaration & { readonly initializer: ts.Expression };

function isInstanceField(l: FunctionLowering, member: ts.ClassElement): member is InitializedField {
  const { ts } = l;
  if (!ts.isPropertyDeclaration(member) || member.initializer === undefined) return false;
  return (
    !hasModifier(ts, member, ts.SyntaxKind.StaticKeyword) &&
    !hasModifier(ts, member, ts.SyntaxKind.DeclareKeyword)
  );
}

/** The function that stores the instance fields, or null where none has a value. */
export function planFieldInitializer(
  l: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  id: ClassId,
): MemberClosure | null {
  const { file } = l;
  const fields = node.members.filter((member) => isInstanceField(l, member));
  const scope = file.bindings.functions.get(node);
  if (fields.length === 0 || scope === undefined) return null;
  const at = l.span(node);
  let created = file.functionIds.get(node);
  if (created === undefined) {
    created = file.plans.length;
    file.functionIds.set(node, created);
    const owner = ownerName(l, node);
    file.plans.push({
      head: {
        id: created,
        kind: "field-initializer",
        name: owner === undefined ? "fields" : `${owner}.fields`,
        path: owner === undefined ? null : file.paths.claim(joinPath(l.prefix, "*fields")),
        at,
        nameAt: node.name === undefined ? keywordSpan(file, node) : l.span(node.name),
        async: false,
        generator: false,
        parent: l.identity.id,
        class: id,
        static: false,
        directives: [],
        capturesThis: false,
      },
      scope,
      prefix: l.prefix,
      signature: noSignature,
      body: (body) => {
        for (const field of fields)
          lowerField(body, field, field.initializer, body.thisValue(body.span(field)), owner);
      },
    });
  }
  return {
    function: created,
    value: l.define({ kind: "function", function: created, captures: l.capturesFor(scope, at) }, at),
  };
}

/** A field with a value: a store into the instance, or into the class for a static one. */
export function lowerField(
  l: FunctionLowering,
  member: ts.PropertyDeclaration,
  initializer: ts.Expression,
  object: ValueId,
  owner: string | undefined,
): void {
  const property = lowerPropertyName(l, member.name);
  const nameAt = l.span(member.name);
  if (property.kind === "name") {
    hintName(l.file, initializer, {
      name: owner === undefined ? property.name : `${owner}.${property.name}`,
      path: property.name,
      nameAt,
    });
  }
  const value = l.expression(initializer);
  l.effect({ kind: "store", object, property, value, nameAt, initial: true }, l.span(member));
}
