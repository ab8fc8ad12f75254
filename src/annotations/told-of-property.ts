/**
 * Types that say something of each property of another one, and hold none of its data: `{ [K in keyof Child]: boolean }`,
 * `{ [K in keyof Child]: (value: Child[K]) => string | undefined }`.
 */
import type ts from "typescript";
import type { Project } from "../project/project.js";

/** The property is a truth or a function, and what it (or the one that it was made of) is declared to be is neither. */
export function isToldOf(project: Project, property: ts.Symbol, origin = property): boolean {
  const checker = project.checkerFor("");
  const parts = partsOf(project, checker.getTypeOfSymbol(property));
  if (parts.length === 0 || !parts.every((part) => isTruth(project, part) || isQuestion(project, part)))
    return false;
  const declared = (origin.declarations ?? []).map((each) => checker.getTypeAtLocation(each));
  return declared.length > 0 && declared.every((each) => isNeither(project, each));
}

function partsOf({ ts }: Project, type: ts.Type): readonly ts.Type[] {
  const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null;
  return (type.isUnion() ? type.types : [type]).filter(({ flags }) => (flags & nothing) === 0);
}

function isTruth({ ts }: Project, { flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.BooleanLike) !== 0;
}

/** A function that is not written to give what the property is. */
function isQuestion(project: Project, type: ts.Type): boolean {
  const signatures = type.getCallSignatures();
  return (
    signatures.length > 0 &&
    signatures.every((signature) => {
      const result = (signature.getDeclaration() as ts.SignatureDeclaration | undefined)?.type;
      return result !== undefined && !readsProperty(project, result);
    })
  );
}

/** `Promise<T[K]>` */
function readsProperty({ ts }: Project, type: ts.Node): boolean {
  const visit = (node: ts.Node): boolean =>
    ts.isIndexedAccessTypeNode(node) || ts.isTypeReferenceNode(node)
      ? ts.isIndexedAccessTypeNode(node) || (node.typeArguments ?? []).some(visit)
      : ts.forEachChild(node, visit) === true;
  return visit(type);
}

function isNeither(project: Project, type: ts.Type): boolean {
  const { ts } = project;
  const open =
    ts.TypeFlags.BooleanLike | ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter;
  return partsOf(project, type).every(
    (part) => (part.flags & open) === 0 && part.getCallSignatures().length === 0,
  );
}
