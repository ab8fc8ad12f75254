/** Whether a value is read, under whatever name, of a field that is marked: `old.schoolId`, `String(row.name)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 8;
/** Whatever is marked somewhere, these say which record it is. */
const ofRecords = /^(?:_?id|uuid)$/u;
/** The same in other words. */
const rewording =
  /(?:^String|\.(?:toString|slice|substring|substr|toUpperCase|toLowerCase|replace|replaceAll|padStart|padEnd|trim|normalize|split|join|concat|at|charAt))$/u;

export function isReadOfMarked(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth > deepest) return false;
  const { instruction } = definition;
  const isMarked = (name: string): boolean => isMarkedName(pointsTo, name);
  const isBehind = (each: ValueId): boolean => isReadOfMarked(pointsTo, node, each, depth + 1);
  switch (instruction.kind) {
    case "parameter":
      return isMarked(node.graph.parameters[instruction.index]?.name ?? "");
    case "declare":
      return isMarked(instruction.name) || isBehind(instruction.value);
    case "cast":
    case "await":
      return isBehind(instruction.value);
    case "load":
      return (
        (instruction.property.kind === "name" && isMarked(instruction.property.name)) ||
        isBehind(instruction.object)
      );
    case "template":
      return instruction.values.some(isBehind);
    case "binary":
      return isBehind(instruction.left) || isBehind(instruction.right);
    case "call":
      return (
        rewording.test(instruction.name) &&
        ((instruction.receiver !== null && isBehind(instruction.receiver)) ||
          instruction.arguments.some((argument) => isBehind(argument.value)))
      );
    default:
      return false;
  }
}

/** A property under which a marked field may be kept. */
export function isMarkedName({ annotations }: PointsTo, name: string): boolean {
  return annotations.names.has(name) && !ofRecords.test(name);
}
