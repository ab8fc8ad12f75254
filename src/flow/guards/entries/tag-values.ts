/**
 * What one use of a decorator says: where an own function makes it (`NeedsConsent(false)`), with the arguments that it
 * is called with there.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Decoration } from "../../models/decorations.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { Scalar } from "../evidence/outcome.js";

/** A call that runs a function, and the one that runs the function it stands in. */
interface Frame {
  readonly site: CallSite;
  readonly above: Frame | null;
}

const deepest = 4;

/** The constant that an argument of the decorator is at this use of it. */
export function constantSaid(
  pointsTo: PointsTo,
  { site, at }: Decoration,
  value: ValueId,
): { readonly value: Scalar } | null {
  const made =
    at.instruction.kind === "call" ? madeBy(pointsTo, at.caller, at.instruction.callee) : undefined;
  const frame = made === undefined ? null : frameOf(pointsTo, site.caller, made, null, 0);
  return evaluate(pointsTo, site.caller, value, frame, 0);
}

function madeBy(pointsTo: PointsTo, node: FunctionNode, value: ValueId): CallSite | undefined {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "call"
    ? pointsTo.findSite(node, definition.point)
    : undefined;
}

/** The call, behind a first one, that runs a function. */
function frameOf(
  pointsTo: PointsTo,
  wanted: FunctionNode,
  site: CallSite,
  above: Frame | null,
  depth: number,
): Frame | null {
  const frame = { site, above };
  const callees = [...site.edges.values()].map(({ callee }) => callee);
  if (callees.some(({ graph, file }) => graph === wanted.graph && file === wanted.file)) return frame;
  if (depth >= deepest) return null;
  for (const callee of callees)
    for (const [point, each] of callee.code.entries()) {
      const inner = each.kind === "call" ? pointsTo.findSite(callee, point) : undefined;
      const found = inner === undefined ? null : frameOf(pointsTo, wanted, inner, frame, depth + 1);
      if (found !== null) return found;
    }
  return null;
}

function evaluate(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  frame: Frame | null,
  depth: number,
): { readonly value: Scalar } | null {
  if (depth > deepest) return null;
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition?.kind === "phi") {
    // A parameter that is something else where nothing is given.
    const inputs = definition.phi.inputs.map((input) => originOf(node, input.value));
    const given = inputs.find((each) => definitionOf(node, each)?.kind === "parameter");
    const [other, ...more] = inputs.filter((each) => each !== given);
    if (given === undefined || other === undefined || more.length > 0) return null;
    const told = evaluate(pointsTo, node, given, frame, depth);
    return told?.value === undefined && told !== null
      ? evaluate(pointsTo, node, other, frame, depth + 1)
      : told;
  }
  const instruction = definition?.kind === "instruction" ? definition.instruction : undefined;
  if (instruction?.kind !== "parameter") return foldedConstant(pointsTo, node, origin);
  if (frame?.site.instruction.kind !== "call") return null;
  const before = frame.site.instruction.arguments.slice(0, instruction.index + 1);
  if (before.some(({ spread }) => spread)) return null;
  const argument = before[instruction.index];
  return argument === undefined
    ? { value: undefined }
    : evaluate(pointsTo, frame.site.caller, argument.value, frame.above, depth + 1);
}
