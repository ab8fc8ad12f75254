/** A year less for those whose birthday is still to come this year: what makes calendar years an age. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { Quantity } from "./quantity.js";
import { isAge } from "./quantity.js";

const day = /\.(?:getUTCDate|getDate|getTime|date|day|toISOString|isBefore|isAfter)$/u;
const mover = /\.(?:set(?:UTC)?FullYear|set|year|with)$|(?:^|\.)setYear$/u;
/** Those that may change the day itself, beside giving it. */
const inPlace = /\.(?:set(?:UTC)?FullYear|set|year)$/u;
const relation = /^[<>]=?$/u;

/** Of calendar years, and one less of them, those that are right. */
export function corrected(node: FunctionNode, found: readonly Quantity[]): readonly Quantity[] {
  const years = found.filter((each) => isAge(each) && each.step === 1 && each.perYear === 1);
  return found.flatMap((each) => {
    if (!years.includes(each) || each.up < 1) return [each];
    const isLess = years.some((other) => other.now === each.now && other.add === each.add - 1);
    const isMore = years.some((other) => other.now === each.now && other.add === each.add + 1);
    if (isLess) return [{ ...each, up: looksAtDays(node) ? 0 : 1 / 12 }];
    // On another way through the same tests nothing was to be taken away.
    const isElsewhere = years.some((other) => isSameAge(each, other) && other.up < each.up);
    return isMore || isElsewhere ? [] : [each];
  });
}

function isSameAge(one: Quantity, other: Quantity): boolean {
  return one.now === other.now && one.add === other.add;
}

/** Days are compared, not months alone. */
function looksAtDays(node: FunctionNode): boolean {
  const moved = movedDays(node);
  return node.code.some(
    (each) =>
      (each.kind === "binary" &&
        relation.test(each.operator) &&
        [each.left, each.right].some((value) => moved.has(originOf(node, value)))) ||
      (each.kind === "call" &&
        (day.test(each.name) || (each.new && each.name === "Date" && each.arguments.length > 2))) ||
      (each.kind === "load" && each.property.kind === "name" && /^days?$/u.test(each.property.name)),
  );
}

/** Days of birth that were moved into another year: `born.setFullYear(now.getFullYear())`, `born.set({ year })`. */
function movedDays(node: FunctionNode): ReadonlySet<ValueId> {
  const found = new Set<ValueId>();
  for (const each of node.code)
    // Without a year to move to it only reads one: `born.year()`.
    if (each.kind === "call" && mover.test(each.name) && each.arguments.length > 0) {
      found.add(originOf(node, each.out));
      if (each.receiver !== null && inPlace.test(each.name)) found.add(originOf(node, each.receiver));
    }
  return found;
}

/** Comes out as true or false, 1 or 0. */
export function isTruthValue(node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > 6) return false;
  if (definition.kind === "phi")
    return definition.phi.inputs.every((input) => isTruthValue(node, input.value, depth + 1));
  const { instruction } = definition;
  switch (instruction.kind) {
    case "constant":
      return instruction.type === "boolean" || instruction.value === 0 || instruction.value === 1;
    case "unary":
      return (
        instruction.operator === "!" ||
        (instruction.operator === "+" && isTruthValue(node, instruction.operand, depth + 1))
      );
    case "binary":
      return relation.test(instruction.operator) || /^[!=]==?$/u.test(instruction.operator);
    case "call": {
      const [first] = instruction.arguments;
      if (/^(?:Number|Boolean)$/u.test(instruction.name))
        return first !== undefined && isTruthValue(node, first.value, depth + 1);
      return /\.(?:isBefore|isAfter)$/u.test(instruction.name);
    }
    default:
      return false;
  }
}
