/** Promises that an own function is handed: what they are called in it, and whether its answer is asked how they did. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Passage } from "../guards/open-way.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { joins } from "./left-promises.js";

const deepest = 12;
const mostPlaces = 400;

/** The values in the called function that are, or hold in a list, what it is called with. */
export function receivedAs(
  { callee, shape }: CallEdge,
  call: InstructionOf<"call">,
  value: ValueId,
): readonly ValueId[] {
  if (shape !== "call" || call.arguments.some(({ spread }) => spread)) return [];
  const indexes = call.arguments.flatMap((argument, index) => (argument.value === value ? [index] : []));
  return callee.code.flatMap((each) => {
    if (each.kind !== "parameter") return [];
    const isRest = callee.graph.parameters[each.index]?.rest === true;
    return indexes.some((index) => index === each.index || (isRest && index > each.index)) ? [each.out] : [];
  });
}

/** The program goes another way by what comes of it: `if (!(await remove(…)))`, `const [error] = await …`. */
export class Deciding {
  /** Places that are still looked at for what is asked about. */
  private budget = 0;

  constructor(private readonly pointsTo: PointsTo) {}

  /** `callers`: from where the function is called that the value stands in, the nearest first. */
  by(node: FunctionNode, value: ValueId, callers: readonly Passage[], depth = 0): boolean {
    if (depth === 0) this.budget = mostPlaces;
    if (depth > deepest || this.budget-- <= 0) return true;
    const { blocks } = node.graph;
    if (blocks.some(({ end }) => end.kind === "branch" && end.value === value)) return true;
    if (isReturned(node, value) && this.isAskedByCaller(callers, depth)) return true;
    return (node.uses[value] ?? []).some((point) => {
      const use = node.code[point];
      switch (use?.kind) {
        case "await":
        case "declare":
        case "cast":
        case "load":
        case "unary":
        case "binary":
          return this.by(node, use.out, callers, depth + 1);
        // Among others, or under a name.
        case "store":
          return use.value === value && this.by(node, use.object, callers, depth + 1);
        case "call":
          return this.byCall(node, use, point, value, callers, depth);
        default:
          return false;
      }
    });
  }

  private isAskedByCaller([caller, ...outer]: readonly Passage[], depth: number): boolean {
    const call = caller?.node.code[caller.point];
    return caller !== undefined && call?.kind === "call" && this.by(caller.node, call.out, outer, depth + 1);
  }

  /** What is made of it elsewhere may be asked; an own function asks it, or gives it back. */
  private byCall(
    node: FunctionNode,
    call: InstructionOf<"call">,
    point: number,
    value: ValueId,
    callers: readonly Passage[],
    depth: number,
  ): boolean {
    if (call.receiver === value || call.name === "Boolean") return true;
    if (joins(call)) return this.by(node, call.out, callers, depth + 1);
    const here: readonly Passage[] = [{ node, point }, ...callers];
    return [...(this.pointsTo.findSite(node, point)?.edges.values() ?? [])].some((edge) =>
      receivedAs(edge, call, value).some((each) => this.by(edge.callee, each, here, depth + 1)),
    );
  }
}

function isReturned({ graph }: FunctionNode, value: ValueId): boolean {
  return graph.blocks.some(({ end }) => end.kind === "return" && end.value === value);
}
