/** Whether a handler hands on to the next one only where a guard took effect. */
import type { Role } from "../../contracts/model.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program.js";
import { foldedConstant } from "./folded-constant.js";
import type { OpenWays } from "./open-ways.js";
import { anyOutcome, at } from "./outcome.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

export class Continuing {
  private readonly seen = new Set<string>();

  constructor(private readonly open: OpenWays) {}

  isGuard(handler: FunctionNode, role: HandlesRole): boolean {
    const marks = this.open.tools.guards.ofFunction(handler);
    if (marks.some((mark) => mark.kind === "guard" && this.open.question.acceptsMark(mark))) return true;
    const [way] = role.continues.filter(({ of }) => of === null || isCount(handler, of));
    switch (way?.kind) {
      case "next":
        return this.handsOnGuarded(handler, way.parameter);
      case "returns":
        return !this.open.mayReturn(handler, anyOutcome, true);
      case "true":
        return !this.open.mayReturn(handler, at([], { kind: "truthy" }), true);
      default:
        return false;
    }
  }

  private handsOnGuarded(node: FunctionNode, parameter: number): boolean {
    const read = node.code.filter(
      (each): each is Extract<Instruction, { kind: "parameter" }> =>
        each.kind === "parameter" && each.index === parameter,
    );
    return read.every(({ out }) => this.isUsedGuarded(node, out));
  }

  /** Wherever the function to hand on is called, passed or kept, a guard has taken effect. */
  private isUsedGuarded(node: FunctionNode, next: ValueId): boolean {
    const key = `${String(node.index)}:${String(next)}`;
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return (node.uses[next] ?? []).every((point) => {
      const instruction = node.code[point];
      if (instruction === undefined || !this.open.isOpenAt(node, point)) return true;
      switch (instruction.kind) {
        case "declare":
        case "cast":
          return this.isUsedGuarded(node, instruction.out);
        case "call":
          return this.isCallGuarded(node, instruction, point, next);
        case "function":
          return this.isClosureGuarded(node, instruction, next);
        default:
          return false;
      }
    });
  }

  private isCallGuarded(
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "call" }>,
    point: number,
    next: ValueId,
  ): boolean {
    if (instruction.callee === next) {
      const [given] = instruction.arguments;
      if (given === undefined) return false;
      const constant = foldedConstant(this.open.tools.pointsTo, node, given.value);
      // An error does not go to the next handler.
      return constant === null || (constant.value != null && constant.value !== "route");
    }
    const site = this.open.tools.pointsTo.findSite(node, point);
    const index = instruction.arguments.findIndex((each) => each.value === next);
    if (site === undefined || index === -1) return false;
    const marks = this.open.tools.guards.at(site);
    if (marks.length > 0 && marks.every((each) => each.some((mark) => this.open.question.acceptsMark(mark))))
      return true;
    // What it is handed to on failure is given the error.
    if (/\.catch$/u.test(instruction.name)) return true;
    if (/\.then$/u.test(instruction.name)) return index === 1 || this.open.isBehindPromise(site, "arg0");
    const edges = [...site.edges.values()];
    return (
      edges.length > 0 &&
      site.foreign.size === 0 &&
      edges.every(({ callee }) => this.handsOnGuarded(callee, index))
    );
  }

  private isClosureGuarded(
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "function" }>,
    next: ValueId,
  ): boolean {
    const { pointsTo } = this.open.tools;
    const inner = pointsTo.program.functionIn(node, instruction.function);
    if (inner === undefined) return false;
    const callbacks = pointsTo.callbacksOf(inner);
    if (
      callbacks.length > 0 &&
      pointsTo.callersOf(inner).length === 0 &&
      callbacks.every(({ site, address }) => this.open.isBehindPromise(site, address))
    )
      return true;
    return instruction.captures.every((captured, slot) => {
      if (captured !== next) return true;
      const read = inner.code.filter((each) => each.kind === "capture" && each.slot === slot);
      return read.every((each) => each.kind !== "capture" || this.isUsedGuarded(inner, each.out));
    });
  }
}

function isCount(
  handler: FunctionNode,
  { min, max }: { readonly min: number; readonly max: number },
): boolean {
  const { length } = handler.graph.parameters;
  return length >= min && length <= max;
}
