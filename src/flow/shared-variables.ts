/**
 * Variables that several closures share after the function that holds them has ended: what one closure writes,
 * the others read. Told by the heap, one cell a variable.
 */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

const deepest = 8;

/** The heap key of the boxed variable in a closure's slot; null where the slot holds a plain value. */
export function sharedVariable(
  pointsTo: PointsTo,
  node: FunctionNode,
  slot: number,
  depth = 0,
): string | null {
  if (node.graph.captures[slot]?.mode !== "box" || node.graph.parent === null || depth > deepest) return null;
  const owner = pointsTo.program.functionOf(node.file, node.graph.parent);
  const made = owner?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (owner === undefined || made?.kind !== "function") return null;
  const captured = made.captures[slot];
  const definition = captured === undefined ? undefined : owner.definitions[captured];
  if (captured === undefined || definition?.kind !== "instruction") return null;
  if (definition.instruction.kind === "capture")
    return sharedVariable(pointsTo, owner, definition.instruction.slot, depth + 1);
  return `box:${String(owner.index)}:${String(captured)}`;
}

/** The heap key of what only the function sees that made the variable, not the closures that share it. */
export function makersPart(shared: string): string {
  return `maker:${shared}`;
}

/** Paths below an object to the same variable in the closures that share it: `["get", "^0"]` beside `["set", "^1"]`. */
export function siblingPaths(
  pointsTo: PointsTo,
  object: Iterable<AbstractValue>,
  shared: string,
): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  for (const value of object) {
    if (value.kind !== "object") continue;
    for (const [name, field] of pointsTo.fieldsOf(value)) {
      if (name === "*") continue;
      for (const member of field.values) {
        if (member.kind !== "function") continue;
        member.function.graph.captures.forEach((_, slot) => {
          if (sharedVariable(pointsTo, member.function, slot) === shared)
            paths.push([name, `^${String(slot)}`]);
        });
      }
    }
  }
  return paths;
}
