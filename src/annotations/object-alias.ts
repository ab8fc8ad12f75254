import type ts from "typescript";
import type { Project } from "../project/project.js";

/** An alias of a primitive, a list or a standard type is marked where it is used; one of an object is a type. */
export function isObjectAlias(project: Project, type: ts.Type): boolean {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const parts = type.isUnion() ? type.types : [type];
  if (
    parts.some(
      (part) => part.isIntersection() && part.types.some((each) => (each.flags & ts.TypeFlags.Object) === 0),
    )
  )
    return false;
  return parts.some((part) => {
    if (
      (part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0 ||
      checker.isArrayType(part) ||
      checker.isTupleType(part)
    )
      return false;
    if (checker.getPropertiesOfType(part).length === 0) return false;
    const declaration = part.getSymbol()?.declarations?.[0];
    return (
      declaration === undefined ||
      project.originOf(declaration.getSourceFile()).kind !== "library" ||
      part.aliasSymbol !== undefined
    );
  });
}
