/** Whatever is written into a variable that closures share. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";

interface Written {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

/** The variable is given as the value that holds its box in a function: where it is made, or a capture of it. */
export function writtenInto(pointsTo: PointsTo, node: FunctionNode, box: ValueId): readonly Written[] {
  const home = homeOf(pointsTo, node, box);
  const found: Written[] = [];
  gather(pointsTo, home.node, home.value, found);
  return found.length === 0 ? [{ node: home.node, value: home.value }] : found;
}

function homeOf(pointsTo: PointsTo, node: FunctionNode, box: ValueId): Written {
  const definition = node.definitions[box];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "capture")
    return { node, value: box };
  const { slot } = definition.instruction;
  const parent =
    node.graph.parent === null ? undefined : pointsTo.program.functionIn(node, node.graph.parent);
  const made = parent?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  const captured = made?.kind === "function" ? made.captures[slot] : undefined;
  return parent === undefined || captured === undefined
    ? { node, value: box }
    : homeOf(pointsTo, parent, captured);
}

function gather(pointsTo: PointsTo, node: FunctionNode, box: ValueId, found: Written[]): void {
  for (const instruction of node.code) {
    if (instruction.kind === "box-write" && instruction.box === box)
      found.push({ node, value: instruction.value });
    if (instruction.kind !== "function") continue;
    const slot = instruction.captures.indexOf(box);
    const inner = slot === -1 ? undefined : pointsTo.program.functionIn(node, instruction.function);
    const read = inner?.code.find((each) => each.kind === "capture" && each.slot === slot);
    if (inner !== undefined && read?.kind === "capture") gather(pointsTo, inner, read.out, found);
  }
}
