/** Rows that are made of all that another one has: `new User(body)`, `const { role, ...rest } = body`. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { selectModels } from "../models/select-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export interface RowBehind {
  readonly value: ValueId;
  /** Where it is copied. */
  readonly point: number;
  /** What is left out. */
  readonly without: readonly string[];
}

/** Null: it is no such row, or not for certain. */
export function rowBehind(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
): RowBehind | null {
  if (instruction.kind === "object-rest") {
    const names = instruction.excluded.flatMap((each) => (each.kind === "name" ? [each.name] : []));
    return { value: instruction.object, point, without: names };
  }
  if (instruction.kind !== "call" || !instruction.new) return null;
  const [row] = instruction.arguments;
  const site = pointsTo.findSite(node, point);
  if (row === undefined || row.spread || site === undefined) return null;
  if (site.edges.size > 0 || site.foreign.size === 0) return null;
  const isCopied = [...site.foreign].every((callee) =>
    selectModels(pointsTo, site, callee).some(({ model }) => model.roles.some(copiesFirst)),
  );
  return isCopied ? { value: row.value, point, without: [] } : null;
}

function copiesFirst(role: Role): boolean {
  return role.kind === "flow" && role.from.some(isFirst) && role.to.some(isResult);
}

function isFirst({ root, steps }: Address): boolean {
  return root.kind === "argument" && root.index === 0 && steps.length === 0;
}

function isResult({ root, steps }: Address): boolean {
  return root.kind === "return" && steps.length === 0;
}
