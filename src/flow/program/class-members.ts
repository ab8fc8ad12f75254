/** Members of the program's own classes, and of what they extend. */
import type { ClassMember, PropertyName } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isOwnSymbol } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";
import { wellKnownSymbol } from "../paths/well-known-symbols.js";

/** The well-known symbol that a computed member name is. */
function symbolOf(start: ClassNode, name: PropertyName): string | null {
  const definition = name.kind === "computed" ? start.owner.definitions[name.value] : undefined;
  if (
    definition?.kind !== "instruction" ||
    definition.instruction.kind !== "load" ||
    definition.instruction.property.kind !== "name"
  )
    return null;
  return wellKnownSymbol(definition.instruction.property.name);
}

interface FoundMember {
  readonly kind: "method" | "getter" | "setter" | "field";
  readonly function: FunctionNode | null;
}

/** The member of a class or of the nearest ancestor that has it; `foreign` hears of packages among the ancestors. */
export function forMember(
  pointsTo: PointsTo,
  start: ClassNode,
  name: string,
  isStatic: boolean,
  found: (member: FoundMember) => void,
  foreign?: (parent: Extract<AbstractValue, { kind: "foreign" }>) => void,
  seen = new Set<ClassNode>(),
): void {
  if (seen.has(start)) return;
  seen.add(start);
  const own = start.graph.members.filter(
    (member) =>
      member.static === isStatic &&
      member.name.kind === "name" &&
      member.name.name === name &&
      (member.kind === "field" || member.function !== null),
  );
  const symbols = name.startsWith("@@")
    ? start.graph.members.filter(
        (member) => member.function !== null && symbolOf(start, member.name) === name,
      )
    : [];
  const tell = (member: ClassMember): void => {
    found({
      kind: member.kind,
      function: member.function === null ? null : (pointsTo.program.memberOf(start, member.function) ?? null),
    });
  };
  for (const member of [...own, ...symbols]) tell(member);
  if (isOwnSymbol(name))
    for (const member of start.graph.members) {
      if (member.name.kind !== "computed" || member.function === null || member.static !== isStatic) continue;
      pointsTo.graph.onValue(pointsTo.valueNode(start.owner, member.name.value), (key) => {
        if (key.kind === "constant" && key.value === name) tell(member);
      });
    }
  // One accessor hides both of what is extended.
  if (own.length > 0) return;
  const instruction = start.owner.code[start.point];
  if (instruction?.kind !== "class" || instruction.heritage === null) return;
  pointsTo.graph.onValue(pointsTo.valueNode(start.owner, instruction.heritage), (parent) => {
    if (parent.kind === "class") forMember(pointsTo, parent.class, name, isStatic, found, foreign, seen);
    else if (parent.kind === "foreign") foreign?.(parent);
  });
}
