/** Which members of a union a value can be that is handed over under a type of its own. */
import type ts from "typescript";
import type { Project } from "../project/project.js";

/**
 * The members of `wanted` that a value of the type `given` may be: one of the two is a kind of the other. A value
 * whose type says nothing (`any`, `unknown`, a type parameter without a bound) may be each of them; `null` is none.
 */
export function membersGiven(project: Project, given: ts.Type, wanted: ts.Type): readonly ts.Type[] {
  const ones = membersOf(project, given);
  if (ones.length === 0) return [];
  const members = membersOf(project, wanted);
  if (members.length === 1 || ones.some((one) => saysNothing(project, one))) return members;
  const checker = project.checkerFor("");
  return members.filter((member) =>
    ones.some((one) => checker.isTypeAssignableTo(one, member) || checker.isTypeAssignableTo(member, one)),
  );
}

function membersOf(project: Project, type: ts.Type): readonly ts.Type[] {
  const { TypeFlags } = project.ts;
  const bound =
    (type.flags & TypeFlags.Instantiable) === 0
      ? type
      : (project.checkerFor("").getBaseConstraintOfType(type) ?? type);
  const nothing = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void;
  return (bound.isUnion() ? bound.types : [bound]).filter(({ flags }) => (flags & nothing) === 0);
}

function saysNothing(project: Project, { flags }: ts.Type): boolean {
  const { TypeFlags } = project.ts;
  return (flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never | TypeFlags.Instantiable)) !== 0;
}
