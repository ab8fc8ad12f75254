/** Guards that ask whether a guardian consented, and not to which version of the notice. */
import type { Instruction } from "../../../contracts/file-graph.js";
import type { MarkedGuard } from "../../../contracts/flow.js";
import type { PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import { locationOf } from "../../program.js";
import type { Guards } from "./guards.js";

/** Words that the version of a notice goes by. */
const version = /version|notice|policy|terms|revision/iu;
const deepest = 4;

export function unversionedGuards(pointsTo: PointsTo, guards: Guards): MarkedGuard[] {
  return pointsTo.program.functions.flatMap((node) => {
    if (node.copy !== null) return [];
    const mark = guards.ofFunction(node).find(({ kind }) => kind === "guard");
    if (mark === undefined || isVersioned(pointsTo, node)) return [];
    return [{ name: mark.name, location: locationOf(node, node.graph.nameAt) }];
  });
}

/** In the guard, in what it calls, or in what it is handed somebody speaks of a version. */
function isVersioned(pointsTo: PointsTo, node: FunctionNode): boolean {
  return (
    speaksOfVersion(pointsTo, node, 0, new Set()) ||
    pointsTo.callersOf(node).some(({ site }) => {
      const { instruction, caller } = site;
      return (
        instruction.kind === "call" &&
        instruction.arguments.some(({ value }) => {
          const definition = caller.definitions[value];
          return definition?.kind === "instruction" && isAboutVersion(definition.instruction);
        })
      );
    })
  );
}

function speaksOfVersion(
  pointsTo: PointsTo,
  node: FunctionNode,
  depth: number,
  seen: Set<FunctionNode>,
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (node.graph.parameters.some(({ name }) => name !== null && version.test(name))) return true;
  return node.code.some((instruction, point) => {
    if (isAboutVersion(instruction)) return true;
    if (depth >= deepest) return false;
    const site = pointsTo.findSite(node, point);
    if (site === undefined) return false;
    return [...site.edges.values(), ...site.callbacks.values()].some(({ callee }) =>
      speaksOfVersion(pointsTo, callee, depth + 1, seen),
    );
  });
}

function isAboutVersion(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case "constant":
      return typeof instruction.value === "string" && version.test(instruction.value);
    case "template":
      return instruction.texts.some((text) => version.test(text));
    case "load":
    case "store":
      return instruction.property.kind === "name" && version.test(instruction.property.name);
    case "cell-read":
      return version.test(instruction.cell);
    case "call":
    case "declare":
      return version.test(instruction.name);
    default:
      return false;
  }
}
