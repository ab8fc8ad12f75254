import type ts from "typescript";
import type { Tag } from "../contracts/vocabulary.js";
import type { TypeScript } from "../project/typescript-instance.js";
import {
  functionsOf,
  initializerOf,
  isParameterProperty,
  mayBeFunction,
  siteOf,
  typeNodeOf,
} from "./declaration-sites.js";
import type { Marks, RawTag } from "./marks.js";

const dataPlaces = ["a property", "a parameter", "a variable", "an accessor", "a function", "a type"];
const functionPlaces = ["a function", "a method"];

/** Where each tag means something, in the words of messages. */
const places: Readonly<Record<Tag, readonly string[]>> = {
  childData: dataPlaces,
  notChildData: ["a property of a type that is marked @childData"],
  purpose: dataPlaces,
  retention: dataPlaces,
  guardianConsent: ["a function", "a method", "a guard class", "a type"],
  encrypts: functionPlaces,
  decrypts: functionPlaces,
  deletionPath: functionPlaces,
  staffAccess: functionPlaces,
  accessApproval: functionPlaces,
  accessRecord: functionPlaces,
  correctionPath: functionPlaces,
  redacts: functionPlaces,
  anonymizes: functionPlaces,
  childCheck: ["a function", "a method", "a boolean property"],
};

export interface Misplacement {
  readonly tag: RawTag;
  readonly expected: readonly string[];
}

/** A tag of ours where no tag means anything; undefined for others' tags. */
export function misplaced(tag: RawTag): Misplacement | undefined {
  const expected = places[tag.name as Tag] as readonly string[] | undefined;
  return expected === undefined ? undefined : { tag, expected };
}

/** Splits marks into those that mean something on the declaration and those that do not. */
export function checkPlacement(
  ts: TypeScript,
  declaration: ts.Node,
  marks: Marks,
): readonly [Marks, readonly Misplacement[]] {
  const wrong: Misplacement[] = [];
  const accepted: Marks = { ...marks, roles: [] };
  for (const role of marks.roles) {
    if (acceptsRole(ts, declaration, role.tag)) accepted.roles.push(role);
    else wrong.push({ tag: role.raw, expected: places[role.tag] });
  }
  if (marks.notChildData !== undefined && !isProperty(ts, declaration)) {
    wrong.push({ tag: marks.notChildData, expected: places.notChildData });
    delete accepted.notChildData;
  }
  return [accepted, wrong];
}

export const notChildDataPlaces = places.notChildData;

function acceptsRole(ts: TypeScript, declaration: ts.Node, tag: Tag): boolean {
  const site = siteOf(ts, declaration);
  if (site === "function" || functionsOf(ts, declaration).length > 0) return true;
  if (tag === "childCheck") return site === "value" && mayBeBoolean(ts, declaration);
  if (tag === "guardianConsent" && site === "type") return !ts.isEnumDeclaration(declaration);
  return site === "value" && mayBeFunction(ts, declaration);
}

function mayBeBoolean(ts: TypeScript, declaration: ts.Node): boolean {
  const type = typeNodeOf(declaration);
  if (type !== undefined) return /^(?:boolean|true|false|any|unknown)$|\bboolean\b/.test(type.getText());
  if (
    ts.isGetAccessor(declaration) ||
    ts.isSetAccessor(declaration) ||
    ts.isShorthandPropertyAssignment(declaration)
  )
    return true;
  const initializer = initializerOf(ts, declaration);
  if (initializer === undefined) return /\.[cm]?jsx?$/.test(declaration.getSourceFile().fileName);
  return !(
    ts.isStringLiteralLike(initializer) ||
    ts.isNumericLiteral(initializer) ||
    ts.isTemplateExpression(initializer) ||
    ts.isArrayLiteralExpression(initializer) ||
    ts.isObjectLiteralExpression(initializer)
  );
}

function isProperty(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isGetAccessor(node) ||
    ts.isSetAccessor(node) ||
    ts.isBinaryExpression(node) ||
    isParameterProperty(ts, node) ||
    ts.isJSDocPropertyTag(node)
  );
}
