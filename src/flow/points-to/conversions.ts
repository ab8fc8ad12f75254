/** Objects that the program makes texts and other primitives of: which of their methods run. */
import type { AbstractValue } from "./abstract-value.js";
import type { MemberPlace } from "./member-place.js";
import { forMember } from "../program/class-members.js";
import { connectAccessor } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** What the language asks an object for that it makes a primitive of: a text, a number, or whatever it likes. */
export type ConversionHint = "string" | "number" | "default";

/** Texts and numbers made of an own object call its conversion: the first that it has of those the language asks for. */
export function convertToPrimitive(
  pointsTo: PointsTo,
  operand: PointerNode,
  out: PointerNode,
  at: MemberPlace,
  hint: ConversionHint,
): void {
  const names = hint === "string" ? ["@@toPrimitive", "toString"] : ["@@toPrimitive", "valueOf", "toString"];
  const convert = (value: AbstractValue, method: FunctionNode): void => {
    connectAccessor(pointsTo, at, method, value, "convert");
    pointsTo.graph.edge(pointsTo.returnNode(method), out);
  };
  pointsTo.graph.onValue(operand, (value) => {
    if (value.kind === "instance") {
      for (const name of names) if (convertByMember(pointsTo, value, name, convert)) return;
    } else if (value.kind === "object" && !value.array) {
      for (const name of names)
        pointsTo.graph.onValue(pointsTo.fieldNode(value, name), (method) => {
          if (method.kind === "function") convert(value, method.function);
        });
    }
  });
}

/** True if the class, or one above it, has the member. */
function convertByMember(
  pointsTo: PointsTo,
  value: Extract<AbstractValue, { kind: "instance" }>,
  name: string,
  convert: (value: AbstractValue, method: FunctionNode) => void,
): boolean {
  let isThere = false;
  forMember(pointsTo, value.class, name, false, (member) => {
    if (member.function === null) return;
    isThere = true;
    convert(value, pointsTo.instanceCopies.of(value, member.function));
  });
  return isThere;
}
