/** Whether a value is the present time with something added, also where nobody can tell how much: `Date.now() + grace`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { callersAlong, type TimeValues } from "../retention/time-values.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly times: TimeValues;
}

const deepest = 10;
/** The same point in time, or one that lies behind it. */
const moving =
  /(?:^|\.)(?:add\w*|plus|sub\w*|minus|startOf\w*|endOf\w*|from|fromMillis|fromDate|fromJSDate|fromISO|fromSeconds|unix|toDate|toJSDate|toISO\w*|toJSON|toMillis|toSeconds|toUTC\w*|utc|getTime|valueOf|floor|round|ceil|trunc|Number|String|format\w*|parseISO|Date|dayjs|moment|set\w*)$/u;

export function isFromNow(asked: Asked, node: FunctionNode, value: ValueId, depth = 0): boolean {
  if (depth > deepest) return false;
  if (asked.times.offsetOf(node, value) !== null) return true;
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined) return false;
  const isSo = (each: ValueId): boolean => isFromNow(asked, node, each, depth + 1);
  if (definition.kind === "phi") {
    const { inputs } = definition.phi;
    return inputs.length > 0 && inputs.every((input) => isSo(input.value));
  }
  const { instruction, point } = definition;
  switch (instruction.kind) {
    case "binary":
      return /^[+-]$/u.test(instruction.operator)
        ? isSo(instruction.left) || (instruction.operator === "+" && isSo(instruction.right))
        : instruction.operator === "/" && isSo(instruction.left);
    case "await":
      return isSo(instruction.value);
    case "parameter":
      return isHandedSo(asked, node, instruction, depth);
    case "call":
      return isMadeSo(asked, node, point, instruction, depth);
    default:
      return false;
  }
}

function isHandedSo(
  asked: Asked,
  node: FunctionNode,
  { index }: InstructionOf<"parameter">,
  depth: number,
): boolean {
  const given = callersAlong(asked.pointsTo, new Set(), node).map((edge) => ({
    caller: edge.site.caller,
    values: argumentsFor(edge, index),
  }));
  return (
    given.length > 0 &&
    given.every(
      ({ caller, values }) =>
        values.length === 1 && values.every(({ value }) => isFromNow(asked, caller, value, depth + 1)),
    )
  );
}

/** By a function of the program, or one that moves points in time. */
function isMadeSo(
  asked: Asked,
  node: FunctionNode,
  point: number,
  { name, receiver, arguments: list }: InstructionOf<"call">,
  depth: number,
): boolean {
  const edges = [...(asked.pointsTo.findSite(node, point)?.edges.values() ?? [])];
  if (edges.length > 0)
    return edges.every(({ callee }) => {
      const returned = callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [end.value] : [],
      );
      return returned.length > 0 && returned.every((each) => isFromNow(asked, callee, each, depth + 1));
    });
  if (!moving.test(name)) return false;
  const [first] = list;
  return (
    (receiver !== null && isFromNow(asked, node, receiver, depth + 1)) ||
    (first !== undefined && isFromNow(asked, node, first.value, depth + 1))
  );
}
