/** The form of the tables that say, by kind of instruction, which inclusions one adds to the pointer graph. */
import type { Instruction, InstructionKind, InstructionOf } from "../../contracts/file-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

export type Constraint<I extends Instruction> = (
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: I,
  point: number,
) => void;

export type Constraints = { readonly [K in InstructionKind]?: Constraint<InstructionOf<K>> };

/** The id of what the instruction makes. */
export function siteId(node: FunctionNode, point: number): string {
  return `${String(node.index)}:${String(point)}`;
}
