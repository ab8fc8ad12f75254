/** Values that are made by chance or of the clock, and so say nothing of a child: `randomUUID()`, `nanoid()`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { selectModels } from "../models/select-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isBlank } from "./blank-values.js";

const deepest = 8;
/** The same by other words, or a part of it. */
const rewording =
  /\.(?:toString|toFixed|slice|substring|substr|at|toUpperCase|toLowerCase|replace|replaceAll|padStart|padEnd|trim|normalize)$/u;

export function isGenerated(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const origin = originOf(node, value);
  const definition = definitionOf(node, origin);
  if (definition === null || depth > deepest) return false;
  switch (definition.kind) {
    case "await":
    case "cast":
    case "declare":
      return isGenerated(pointsTo, node, definition.value, depth + 1);
    case "call":
      return (
        isBlank(pointsTo, node, origin) ||
        isReworded(pointsTo, node, definition, depth) ||
        isMadeByChance(pointsTo, siteOf(pointsTo, node, origin))
      );
    default:
      return false;
  }
}

/** A moment, as a number: what a text is made of that nobody else has. */
export function isMoment(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, originOf(node, value));
  return definition?.kind === "call" && definition.name === "Date.now";
}

function isReworded(
  pointsTo: PointsTo,
  node: FunctionNode,
  { name, receiver, arguments: given }: InstructionOf<"call">,
  depth: number,
): boolean {
  return (
    receiver !== null &&
    rewording.test(name) &&
    given.every((argument) => definitionOf(node, originOf(node, argument.value))?.kind === "constant") &&
    isGenerated(pointsTo, node, receiver, depth + 1)
  );
}

function isMadeByChance(pointsTo: PointsTo, site: CallSite | undefined): boolean {
  if (site === undefined || site.edges.size > 0 || site.foreign.size === 0) return false;
  return [...site.foreign].every(
    (callee) =>
      (callee.module === "global" && callee.path.join(".") === "Math.random") ||
      selectModels(pointsTo, site, callee).some(({ model }) =>
        model.roles.some(
          (role) =>
            role.kind === "random" &&
            role.output.some(({ root, steps }) => root.kind === "return" && steps.length === 0),
        ),
      ),
  );
}

function siteOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): CallSite | undefined {
  const definition = node.definitions[value];
  return definition?.kind === "instruction" ? pointsTo.findSite(node, definition.point) : undefined;
}
