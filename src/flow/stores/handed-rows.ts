/** Whether a row from outside may be changed by others: closures, whoever it is handed to, under another name. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { selectModels } from "../models/select-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 4;

/** Somebody else has it, who may put back what was there, before the call or behind it. */
export function isChangedElsewhere(
  pointsTo: PointsTo,
  node: FunctionNode,
  row: ValueId,
  column: string,
  /** Where it is put into what is written: whoever has it by that has it from then on. */
  put: number,
): boolean {
  return node.code.some((each, point) => {
    if (point === put) return false;
    if (each.kind === "function") return isChangedIn(pointsTo, node, each, row, column, 0);
    if (each.kind !== "store" || originOf(node, each.value) !== row) return false;
    const holder = originOf(node, each.object);
    return !isLiteral(node, holder) || isChangedUnder(pointsTo, node, holder, column);
  });
}

/** The call is handed the row, by itself or in what is written there, and nothing says that it leaves it alone. */
export function isFilledBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
  point: number,
  row: ValueId,
): boolean {
  const isHanded = (value: ValueId): boolean => {
    const origin = originOf(node, value);
    return origin === row || holds(node, origin, row, 0);
  };
  const indexes = call.arguments.flatMap(({ value }, index) => (isHanded(value) ? [index] : []));
  const isOfList = call.receiver !== null && holds(node, originOf(node, call.receiver), row, 0);
  return (indexes.length > 0 || isOfList) && !isLeftAlone(pointsTo, node, point, indexes);
}

/** `{ where, data: row }`, `[row]` */
function holds(node: FunctionNode, literal: ValueId, row: ValueId, depth: number): boolean {
  if (depth > deepest || !isLiteral(node, literal)) return false;
  return node.code.some((each) => {
    if (each.kind !== "store" || originOf(node, each.object) !== literal) return false;
    const value = originOf(node, each.value);
    return value === row || holds(node, value, row, depth + 1);
  });
}

/** What a package is known to do: it puts nothing into what it is handed, and calls nobody with it. */
function isLeftAlone(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  indexes: readonly number[],
): boolean {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.edges.size > 0 || site.callbacks.size > 0 || site.foreign.size === 0)
    return false;
  const isThere = ({ root }: Address): boolean =>
    root.kind === "this" ||
    root.kind === "arguments" ||
    (root.kind === "argument" && indexes.includes(root.index));
  return [...site.foreign].every((callee) => {
    const models = selectModels(pointsTo, site, callee);
    return (
      models.length > 0 &&
      models.every(({ model }) => model.roles.every((role) => role.kind !== "flow" || !role.to.some(isThere)))
    );
  });
}

function isChangedIn(
  pointsTo: PointsTo,
  maker: FunctionNode,
  { function: id, captures }: InstructionOf<"function">,
  row: ValueId,
  column: string,
  depth: number,
): boolean {
  const slots = captures.flatMap((each, slot) => (originOf(maker, each) === row ? [slot] : []));
  if (slots.length === 0) return false;
  const closure = pointsTo.program.functionIn(maker, id);
  if (closure === undefined || depth > deepest) return true;
  return closure.code.some(
    (each) =>
      each.kind === "capture" &&
      slots.includes(each.slot) &&
      closure.code.some((other, point) => {
        if (other.kind === "function")
          return isChangedIn(pointsTo, closure, other, each.out, column, depth + 1);
        if (other.kind === "call") return isFilledBy(pointsTo, closure, other, point, each.out);
        return isChange(closure, other, each.out, column);
      }),
  );
}

/** `row.notes = before`, `row[key] = …`, `{ …row }` the other way round. */
function isChange(node: FunctionNode, instruction: Instruction, row: ValueId, column: string): boolean {
  if (instruction.kind === "copy-properties") return originOf(node, instruction.target) === row;
  if (instruction.kind !== "store" || originOf(node, instruction.object) !== row) return false;
  return instruction.property.kind !== "name" || instruction.property.name === column;
}

/** `form.data.notes = before` */
function isChangedUnder(pointsTo: PointsTo, node: FunctionNode, holder: ValueId, column: string): boolean {
  return node.code.some((each) => {
    if (each.kind === "function") return isChangedIn(pointsTo, node, each, holder, column, 0);
    if (each.kind === "store" && originOf(node, each.value) === holder) {
      const outer = originOf(node, each.object);
      return !isLiteral(node, outer) || isChangedUnder(pointsTo, node, outer, column);
    }
    if (each.kind !== "load" || wholeOf(node, each.object) !== holder) return false;
    return node.code.some((other, point) =>
      other.kind === "call"
        ? isFilledBy(pointsTo, node, other, point, each.out)
        : isChange(node, other, each.out, column),
    );
  });
}

function isLiteral(node: FunctionNode, value: ValueId): boolean {
  const kind = definitionOf(node, value)?.kind;
  return kind === "object" || kind === "array";
}

function wholeOf(node: FunctionNode, value: ValueId): ValueId {
  const origin = originOf(node, value);
  const definition = definitionOf(node, origin);
  return definition?.kind === "load" ? wholeOf(node, definition.object) : origin;
}
