/** Columns that are laid over others where objects are copied into one: `Object.assign(kid, dto, { phone: seal(dto.phone) })`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { assignedArgument } from "../../contracts/models-own.js";
import { selectModels } from "../models/select-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/**
 * What a column is after such a call: the value that stands in the last literal which has it; `kept`: none of the
 * objects has it; null: that is not known, or the call does something else.
 */
export function assignedAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
  point: number,
  name: string,
): ValueId | "kept" | null {
  if (call.arguments.some(({ spread }) => spread) || !copiesInOrder(pointsTo, node, point)) return null;
  for (let index = call.arguments.length - 1; index > assignedArgument; index--) {
    const argument = call.arguments[index];
    const found = argument === undefined ? null : inLiteral(node, argument.value, name);
    if (found !== "kept") return found;
  }
  return "kept";
}

/** What such a call is given is not left in the column: a literal behind it has that, too. */
export function isLaidOver(
  pointsTo: PointsTo,
  { caller: node, instruction, point }: CallSite,
  from: ValueId,
  name: string | undefined,
): boolean {
  if (instruction.kind !== "call" || name === undefined) return false;
  const last = assignedAt(pointsTo, node, instruction, point, name);
  return typeof last === "number" && inLiteral(node, from, name) !== last;
}

/** One object that others are copied into: `Object.assign(new Kid(), dto)`. */
export function isOneAssigned(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return false;
  const target = definition.instruction.arguments[assignedArgument];
  const made = target === undefined ? null : definitionOf(node, target.value);
  const isOne = made?.kind === "object" || (made?.kind === "call" && made.new);
  return isOne && copiesInOrder(pointsTo, node, definition.point);
}

/** All that follows the first argument goes into that, one after the other. */
function copiesInOrder(pointsTo: PointsTo, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.edges.size > 0 || site.foreign.size === 0) return false;
  return [...site.foreign].every((callee) =>
    selectModels(pointsTo, site, callee).some(({ model }) => model.roles.some(isAssigning)),
  );
}

function isAssigning(role: Role): boolean {
  if (role.kind !== "flow") return false;
  const isAll = role.from.some(
    ({ root, steps }) =>
      root.kind === "arguments" && root.from === assignedArgument + 1 && steps.length === 0,
  );
  return (
    isAll &&
    role.to.some(
      ({ root, steps }) => root.kind === "argument" && root.index === assignedArgument && steps.length === 0,
    )
  );
}

function inLiteral(node: FunctionNode, value: ValueId, name: string): ValueId | "kept" | null {
  const literal = originOf(node, value);
  if (definitionOf(node, literal)?.kind !== "object") return null;
  let found: ValueId | "kept" = "kept";
  for (const each of node.code) {
    if (each.kind === "copy-properties" && originOf(node, each.target) === literal) return null;
    if (each.kind !== "store" || originOf(node, each.object) !== literal) continue;
    if (!each.initial || each.property.kind !== "name") return null;
    if (each.property.name === name) found = each.value;
  }
  return found;
}
