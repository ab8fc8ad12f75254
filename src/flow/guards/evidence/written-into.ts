/** Whatever is written into a variable that closures share. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { heldInSlot } from "../../program/captured-from.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";

export interface Written {
  readonly node: FunctionNode;
  readonly value: ValueId;
  /** The write; null for the value that holds the box where nothing is written. */
  readonly point: number | null;
}

type Held = Pick<Written, "node" | "value">;

/** The variable is given as the value that holds its box in a function: where it is made, or a capture of it. */
export function writtenInto(pointsTo: PointsTo, node: FunctionNode, box: ValueId): readonly Written[] {
  const home = boxHome(pointsTo, node, box);
  const found: Written[] = [];
  gather(pointsTo, home.node, home.value, found);
  return found.length === 0 ? [{ ...home, point: null }] : found;
}

/** Where the variable is made. */
export function boxHome(pointsTo: PointsTo, node: FunctionNode, box: ValueId): Held {
  const definition = node.definitions[box];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "capture")
    return { node, value: box };
  const held = heldInSlot(pointsTo, node, definition.instruction.slot);
  return held === null ? { node, value: box } : boxHome(pointsTo, held.node, held.value);
}

function gather(pointsTo: PointsTo, node: FunctionNode, box: ValueId, found: Written[]): void {
  for (const [point, instruction] of node.code.entries()) {
    if (instruction.kind === "box-write" && instruction.box === box)
      found.push({ node, value: instruction.value, point });
    if (instruction.kind !== "function") continue;
    const slot = instruction.captures.indexOf(box);
    const inner = slot === -1 ? undefined : pointsTo.program.functionIn(node, instruction.function);
    const read = inner?.code.find((each) => each.kind === "capture" && each.slot === slot);
    if (inner !== undefined && read?.kind === "capture") gather(pointsTo, inner, read.out, found);
  }
}
