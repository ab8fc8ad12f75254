/** Guards that answer with how many consents there are: `rows.length`, `prisma.consent.count(…)`, `Number(row.n)`. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";

const counting = /(?:^|_)(?:n|num|cnt|count|counts|counted|length|size|total)$|Count$|Total$|Size$/u;
const countingCall = /(?:^|\.)(?:count\w*|get\w*Count|size|\w+Size|[lzhsx]?len|[sz]card|[zs]Card|[lhx]Len)$/u;
const converting = /^(?:Number|Number\.parseInt|parseInt|BigInt|Math\.\w+)$/u;
const deepest = 8;

export function namesCount(name: string): boolean {
  return counting.test(name) || countingCall.test(name);
}

/** Whatever the function gives back is a number of things. */
export function givesCount(pointsTo: PointsTo, node: FunctionNode, returned: readonly ValueId[]): boolean {
  const told = returned.map((value) => tellOf(pointsTo, node, value, 0));
  return told.includes("count") && told.every((each) => each !== "other");
}

/** `number`: a constant, or what is read as a number without saying of what. */
type Told = "count" | "number" | "other";

function tellOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): Told {
  const definition = node.definitions[value];
  if (definition === undefined || depth > deepest) return "other";
  const again = (other: ValueId): Told => tellOf(pointsTo, node, other, depth + 1);
  if (definition.kind === "phi") return joined(definition.phi.inputs.map((input) => again(input.value)));
  const { instruction, point } = definition;
  switch (instruction.kind) {
    case "declare":
      return counting.test(instruction.name) ? "count" : again(instruction.value);
    case "cast":
    case "await":
      return again(instruction.value);
    case "constant":
      return typeof instruction.value === "number" || instruction.value === null ? "number" : "other";
    case "load":
      return instruction.property.kind === "name" && counting.test(instruction.property.name)
        ? "count"
        : "other";
    case "unary":
      return instruction.operator === "+" ? again(instruction.operand) : "other";
    case "binary":
      return instruction.operator === "+"
        ? joined([again(instruction.left), again(instruction.right)])
        : "other";
    case "call":
      return ofCall(pointsTo, node, instruction, point, depth);
    default:
      return "other";
  }
}

function ofCall(
  pointsTo: PointsTo,
  node: FunctionNode,
  { name, arguments: [first] }: InstructionOf<"call">,
  point: number,
  depth: number,
): Told {
  if (converting.test(name))
    return first === undefined ? "other" : tellOf(pointsTo, node, first.value, depth + 1);
  const callees = [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].map(({ callee }) => callee);
  if (callees.length === 0) return countingCall.test(name) ? "count" : "other";
  return joined(
    callees.flatMap((callee) =>
      callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [tellOf(pointsTo, callee, end.value, depth + 1)] : [],
      ),
    ),
  );
}

function joined(told: readonly Told[]): Told {
  if (told.length === 0 || told.includes("other")) return "other";
  return told.includes("count") ? "count" : "number";
}
