/** What a function that only answers finds of its parameters, told of what its caller gives. */
import type { Argument, ValueId } from "../../contracts/file-graph.js";
import type { Finding, KnownOf } from "./branch-findings.js";
import { placesOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

/** The argument of a call that is a parameter of its callee. */
export function argumentBehind(
  callee: FunctionNode,
  value: ValueId,
  given: readonly Argument[],
): ValueId | null {
  const definition = callee.definitions[value];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return null;
  const { index } = definition.instruction;
  const isPlain = given.slice(0, index + 1).every((each) => !each.spread);
  if (!isPlain || callee.graph.parameters[index]?.rest === true) return null;
  return given[index]?.value ?? null;
}

/** What a function finds of its parameter, of the argument. */
export function findingsBelow(node: FunctionNode, value: ValueId, { place, nature }: KnownOf): Finding[] {
  // What the caller gives tells more of it than the parameter.
  const asked =
    typeof nature === "object" && "said" in nature
      ? { ...nature, value: place.path.length === 0 ? value : null }
      : nature;
  return placesOf(node, value).map(({ base, path }) => ({
    place: { base, path: [...path, ...place.path] },
    nature: asked,
  }));
}
