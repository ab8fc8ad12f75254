/** Where in a round a guard, asked at a point of it, has agreed and where it has not, as the tests around tell. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { dominatorsOf } from "../ages/dominators.js";
import { isOnlyEntered } from "../lists-with-elements.js";

const deepest = 8;

export class AnswerSides {
  constructor(
    private readonly node: FunctionNode,
    private readonly body: ReadonlySet<number>,
    private readonly point: number,
  ) {}

  /** Has it agreed (true) or not (false) wherever control is in the block? null: that is not told. */
  sideOf(position: number): boolean | null {
    const { node } = this;
    const passed = dominatorsOf(node)[position] ?? new Set<number>();
    for (const each of passed) {
      const end = node.graph.blocks[each]?.end;
      if (!this.body.has(each) || end?.kind !== "branch" || end.then === end.else) continue;
      const told = this.toldBy(end.value);
      if (told === null) continue;
      for (const [id, isThen] of [
        [end.then, true],
        [end.else, false],
      ] as const) {
        const target = node.blockById.get(id) ?? -1;
        if (passed.has(target) && isOnlyEntered(node, target, each)) return told === isThen;
      }
    }
    return null;
  }

  /** What the answer is where the value is true; null: it is not made of the answer. */
  toldBy(value: ValueId, depth = 0): boolean | null {
    const definition = this.node.definitions[originOf(this.node, value)];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction, point } = definition;
    if (point === this.point) return true;
    const again = (other: ValueId): boolean | null => this.toldBy(other, depth + 1);
    switch (instruction.kind) {
      case "await":
        return again(instruction.value);
      case "load":
        return again(instruction.object);
      case "unary":
        return instruction.operator === "!" ? turned(again(instruction.operand), false) : null;
      case "binary": {
        const right = this.node.definitions[originOf(this.node, instruction.right)];
        const constant = right?.kind === "instruction" ? right.instruction : null;
        if (!/^[!=]==?$/u.test(instruction.operator) || constant?.kind !== "constant") return null;
        if (typeof constant.value !== "boolean") return null;
        return turned(again(instruction.left), instruction.operator.startsWith("=") === constant.value);
      }
      default:
        return null;
    }
  }
}

function turned(told: boolean | null, isSame: boolean): boolean | null {
  return told === null ? null : told === isSame;
}
