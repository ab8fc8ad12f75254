/** Tests behind a loop of what it has folded the answers into: `if (!all) return`, `if (refused.length > 0) return`. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { dominatorsOf } from "../ages/dominators.js";
import type { ListLoop } from "../list-loops.js";
import { listLoopsOf } from "../list-loops.js";
import { countTold, isLength } from "./counts.js";
import type { Rounds } from "./folded-answers.js";
import { countTells, phiTells } from "./folded-answers.js";
import { emptyListTells, isNone } from "./folded-lists.js";
import { foldedConstant } from "./folded-constant.js";
import type { Outcome } from "./outcome.js";
import { compared, negated, truthOf } from "./outcome.js";
import { contradicts, sideTaken } from "./side-taken.js";

const deepest = 8;

/** Does a value, tested or given back in a block, tell by coming out so that all of a list were asked and agreed? */
export class FoldedTests {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
    private readonly rounds: Rounds,
  ) {}

  tells(position: number, value: ValueId, outcome: Outcome, depth = 0): boolean {
    const { node, rounds } = this;
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    if (definition === undefined || depth > deepest) return false;
    const isBehind = (head: number, { body }: ListLoop): boolean =>
      head !== position && !body.has(position) && dominatorsOf(node)[position]?.has(head) === true;
    if (definition.kind === "phi") {
      const loop = listLoopsOf(node).get(definition.block);
      return loop === undefined
        ? this.choicesTell(definition.block, definition.phi.inputs, outcome, depth)
        : isBehind(definition.block, loop) && phiTells(node, definition, outcome, rounds);
    }
    const again = (other: ValueId, otherwise: Outcome | null): boolean =>
      otherwise !== null && this.tells(position, other, otherwise, depth + 1);
    const [name, ...path] = outcome.path;
    if (name !== undefined && isNone(name, { test: outcome.test, path }))
      return emptyListTells(node, origin, isBehind, rounds);
    const { instruction } = definition;
    switch (instruction.kind) {
      case "await":
        return again(instruction.value, outcome);
      case "unary":
        return instruction.operator === "!" && again(instruction.operand, negated(outcome));
      case "binary":
        return (
          this.comparisonTells(instruction, outcome, again) ||
          this.lengthTells(instruction, outcome, isBehind)
        );
      case "load":
        return (
          instruction.property.kind === "name" &&
          isNone(instruction.property.name, outcome) &&
          emptyListTells(node, instruction.object, isBehind, rounds)
        );
      default:
        return false;
    }
  }

  private choicesTell(
    block: number,
    inputs: readonly { readonly block: number; readonly value: ValueId }[],
    outcome: Outcome,
    depth: number,
  ): boolean {
    const { node, rounds } = this;
    const target = node.graph.blocks[block]?.id;
    return (
      target !== undefined &&
      inputs.every((input) => {
        if (!rounds.goes(input.block, target)) return true;
        const side = sideTaken(node, input.block, target, input.value);
        if (side !== null && outcome.path.length === 0 && contradicts(side, outcome)) return true;
        const from = node.blockById.get(input.block) ?? -1;
        return this.tells(from, input.value, outcome, depth + 1) || rounds.tells(input.value, outcome);
      })
    );
  }

  private comparisonTells(
    { operator, left, right }: InstructionOf<"binary">,
    outcome: Outcome,
    again: (value: ValueId, outcome: Outcome | null) => boolean,
  ): boolean {
    const { node, pointsTo } = this;
    return (
      [
        [left, right],
        [right, left],
      ] as const
    ).some(([value, constant]) => {
      const folded = foldedConstant(pointsTo, node, constant);
      if (folded === null) return false;
      return (
        again(value, compared(operator, outcome, folded.value)) ||
        again(value, countTold(operator, value === right, folded.value, outcome))
      );
    });
  }

  /** `granted === children.length`: as many as there are. */
  private lengthTells(
    { operator, left, right }: InstructionOf<"binary">,
    outcome: Outcome,
    isBehind: (head: number, loop: ListLoop) => boolean,
  ): boolean {
    const { node, rounds } = this;
    return (
      [
        [left, right, "<"],
        [right, left, ">"],
      ] as const
    ).some(([value, length, less]) => {
      const definition = node.definitions[originOf(node, value)];
      const load = definitionOf(node, length);
      if (definition?.kind !== "phi" || load?.kind !== "load" || !isLength(node, length)) return false;
      const truth = outcome.path.length === 0 ? truthOf(outcome.test) : null;
      const isAsMany = /^===?$/u.test(operator) || operator === (less === "<" ? ">=" : "<=");
      const isFewer = /^!==?$/u.test(operator) || operator === less;
      const loop = listLoopsOf(node).get(definition.block);
      return (
        loop !== undefined &&
        isBehind(definition.block, loop) &&
        (truth === true ? isAsMany : truth === false && isFewer) &&
        countTells(node, definition, load.object, rounds)
      );
    });
  }
}
