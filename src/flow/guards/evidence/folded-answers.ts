/**
 * Answers about each of a list, folded into one variable: `all = all && (await agreed(child))`, `missing++`,
 * `refused.push(child)`. That nobody refused is told by the variable as long as whatever a round leaves in it keeps
 * what the rounds before left, and says so of this one.
 */
import type { BlockId, ValueId } from "../../../contracts/file-graph.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { Definition, FunctionNode } from "../../program/program.js";
import { successors } from "../../program/successors.js";
import { dominatorsOf } from "../ages/dominators.js";
import type { ListLoop } from "../list-loops.js";
import { listLoopsOf } from "../list-loops.js";
import { isOnlyEntered } from "../lists-with-elements.js";
import type { Outcome } from "./outcome.js";
import { at, mayBe, truthOf } from "./outcome.js";
import { contradicts, sideTaken } from "./side-taken.js";

type Phi = Extract<Definition, { kind: "phi" }>;
type PhiInput = Phi["phi"]["inputs"][number];

/** What is known of the function around. */
export interface Rounds {
  /** Is the way from the end of one block to another open? */
  goes(from: BlockId, to: BlockId): boolean;
  /** Does a value that no round before has a part in tell by coming out so? */
  tells(value: ValueId, outcome: Outcome): boolean;
  /** Does a loop over the list speak of all that is done later? */
  counts(head: number, list: ValueId): boolean;
}

/** The value of a variable at the head of a loop, folded there. */
export function phiTells(node: FunctionNode, phi: Phi, outcome: Outcome, rounds: Rounds): boolean {
  const truth = truthFolded(outcome);
  const loop = listLoopsOf(node).get(phi.block);
  return (
    truth !== null &&
    loop !== undefined &&
    rounds.counts(phi.block, loop.list) &&
    new Fold(node, phi, loop, truth, rounds).isSound()
  );
}

/** A variable counts those who agreed: where it is as many as the list has, all did. */
export function countTells(node: FunctionNode, { phi, block }: Phi, list: ValueId, rounds: Rounds): boolean {
  const loop = listLoopsOf(node).get(block);
  return (
    loop?.list === originOf(node, list) &&
    rounds.counts(block, loop.list) &&
    countsEach(node, { phi, block, kind: "phi" }, loop, rounds)
  );
}

/** It begins with none, and a round adds one at most, and only where a guard has agreed. */
function countsEach(
  node: FunctionNode,
  { phi, block: head }: Phi,
  { body }: ListLoop,
  rounds: Rounds,
): boolean {
  let isAdded = false;
  const isLeft = (input: PhiInput, to: number, seen: ReadonlySet<ValueId>): boolean => {
    const origin = originOf(node, input.value);
    const target = node.graph.blocks[to]?.id;
    if (origin === phi.out) return true;
    const definition = node.definitions[origin];
    if (definition === undefined || target === undefined || seen.has(origin)) return false;
    if (definition.kind === "phi")
      return (
        body.has(definition.block) &&
        definition.phi.inputs.every((each) => isLeft(each, definition.block, new Set([...seen, origin])))
      );
    const sum = definition.instruction;
    const isOne = sum.kind === "binary" && sum.operator === "+" && originOf(node, sum.left) === phi.out;
    const by = isOne ? definitionOf(node, sum.right) : null;
    isAdded ||= isOne;
    return by?.kind === "constant" && by.value === 1 && !rounds.goes(input.block, target);
  };
  return (
    phi.inputs.every((input) =>
      body.has(node.blockById.get(input.block) ?? -1)
        ? isLeft(input, head, new Set())
        : isNone(node, input.value),
    ) && isAdded
  );
}

function isNone(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && definition.value === 0;
}

/** Does something fold the answers of the rounds of a loop? */
export function isFolded(node: FunctionNode, head: number, loop: ListLoop, rounds: Rounds): boolean {
  return (node.graph.blocks[head]?.phis ?? []).some(({ out }) => {
    const phi = node.definitions[out];
    return (
      phi?.kind === "phi" &&
      ([true, false].some((truth) => new Fold(node, phi, loop, truth, rounds).isSound()) ||
        countsEach(node, phi, loop, rounds))
    );
  });
}

/** Whether the folded value is true in the outcome; a count that is none is false. */
function truthFolded({ test, path }: Outcome): boolean | null {
  if (path.length > 0) return null;
  return test.kind === "is" && test.value === 0 ? false : truthOf(test);
}

class Fold {
  private readonly outcome: Outcome;
  private readonly before: ValueId;
  private readonly keeping = new Set<ValueId>();
  private readonly asking = new Set<ValueId>();

  constructor(
    private readonly node: FunctionNode,
    private readonly phi: Phi,
    private readonly loop: ListLoop,
    private readonly truth: boolean,
    private readonly rounds: Rounds,
  ) {
    this.outcome = at([], { kind: truth ? "truthy" : "falsy" });
    this.before = phi.phi.out;
  }

  isSound(): boolean {
    const { node, loop, phi, rounds } = this;
    const head = node.graph.blocks[phi.block]?.id;
    if (head === undefined) return false;
    return (
      phi.phi.inputs.every(
        ({ block, value }) =>
          !loop.body.has(node.blockById.get(block) ?? -1) ||
          !rounds.goes(block, head) ||
          (this.keeps(value) && this.asks(value)),
      ) && !this.isLeftEarlier(head)
    );
  }

  /** The value only comes out so where what the rounds before left did. */
  private keeps(value: ValueId): boolean {
    const { node, loop } = this;
    const origin = originOf(node, value);
    // What goes round in a loop inside keeps what it begins with.
    if (origin === this.before || this.keeping.has(origin)) return true;
    const definition = node.definitions[origin];
    if (definition?.kind !== "phi") return this.keepsAs(value);
    const target = node.graph.blocks[definition.block]?.id;
    if (target === undefined || !loop.body.has(definition.block)) return false;
    this.keeping.add(origin);
    const isKept = definition.phi.inputs.every(
      (input) => this.isContradicted(input, target) || this.isKnownIn(input.block) || this.keeps(input.value),
    );
    this.keeping.delete(origin);
    return isKept;
  }

  private keepsAs(value: ValueId): boolean {
    const instruction = definitionOf(this.node, value);
    switch (instruction?.kind) {
      case "constant":
        return !this.mayBe(instruction.value);
      case "await":
        return this.keeps(instruction.value);
      case "binary":
        return (
          this.isSum(instruction.operator) &&
          [instruction.left, instruction.right].some(
            (part, index, parts) => this.keeps(part) && this.isCount(parts[1 - index] ?? part),
          )
        );
      default:
        return false;
    }
  }

  /** The value only comes out so where a guard has agreed in this round. */
  private asks(value: ValueId): boolean {
    const { node, loop, rounds } = this;
    const origin = originOf(node, value);
    if (origin === this.before || this.asking.has(origin)) return false;
    const definition = node.definitions[origin];
    if (definition?.kind !== "phi") return this.asksAs(value);
    const target = node.graph.blocks[definition.block]?.id;
    if (target === undefined || !loop.body.has(definition.block)) return false;
    const inner = listLoopsOf(node).get(definition.block);
    if (inner !== undefined)
      return (
        rounds.counts(definition.block, inner.list) &&
        new Fold(node, definition, inner, this.truth, rounds).isSound()
      );
    this.asking.add(origin);
    const isAsked = definition.phi.inputs.every(
      (input) =>
        !rounds.goes(input.block, target) || this.isContradicted(input, target) || this.asks(input.value),
    );
    this.asking.delete(origin);
    return isAsked;
  }

  private asksAs(value: ValueId): boolean {
    const instruction = definitionOf(this.node, value);
    if (instruction?.kind === "constant") return !this.mayBe(instruction.value);
    if (instruction?.kind === "binary" && this.isSum(instruction.operator))
      return this.isCount(instruction.right)
        ? this.asks(instruction.right) || this.asks(instruction.left)
        : false;
    return !this.isMadeOfBefore(value, new Set()) && this.rounds.tells(value, this.outcome);
  }

  /** A count that began with none and is only added to is none again where it was none. */
  private isSum(operator: string): boolean {
    return (
      operator === "+" &&
      !this.truth &&
      this.phi.phi.inputs.every(
        ({ block, value }) => this.loop.body.has(this.node.blockById.get(block) ?? -1) || this.isCount(value),
      )
    );
  }

  private isCount(value: ValueId): boolean {
    const definition = this.node.definitions[originOf(this.node, value)];
    if (definition?.kind === "phi")
      return definition.phi.inputs.every((input) => isNumber(this.node, input.value));
    return isNumber(this.node, value);
  }

  private mayBe(constant: string | number | boolean | null): boolean {
    return mayBe(constant, this.outcome);
  }

  private isContradicted({ block, value }: { block: BlockId; value: ValueId }, target: BlockId): boolean {
    const side = sideTaken(this.node, block, target, value);
    return side !== null && contradicts(side, this.outcome);
  }

  /** Control is only there where what the rounds before left came out so. */
  private isKnownIn(id: BlockId, truth = this.truth): boolean {
    const { node, loop } = this;
    const passed = dominatorsOf(node)[node.blockById.get(id) ?? -1] ?? new Set<number>();
    return [...passed].some((position) => {
      const end = node.graph.blocks[position]?.end;
      if (end?.kind !== "branch" || end.test !== "truthy" || end.then === end.else) return false;
      if (!loop.body.has(position)) return false;
      const { value, isNegated } = unnegated(node, end.value);
      const to = node.blockById.get(truth !== isNegated ? end.then : end.else);
      return (
        to !== undefined &&
        passed.has(to) &&
        isOnlyEntered(node, to, position) &&
        this.isOfBefore(value, truth)
      );
    });
  }

  private isOfBefore(value: ValueId, truth: boolean): boolean {
    return originOf(this.node, value) === this.before || (truth === this.truth && this.keeps(value));
  }

  /** Out of the middle of a round, with a value that comes out so: those behind it were not asked about. */
  private isLeftEarlier(head: BlockId): boolean {
    const { node, loop, rounds } = this;
    return [...loop.body].some((position) => {
      const block = node.graph.blocks[position];
      if (block === undefined) return false;
      return successors(block.end).some((to) => {
        const target = node.blockById.get(to);
        if (target === undefined || to === head || loop.body.has(target)) return false;
        return rounds.goes(block.id, to) && !this.isLeftWithout(block.id, to);
      });
    });
  }

  /** Where the rounds leave it so, they are not left there. */
  private isLeftWithout(from: BlockId, to: BlockId): boolean {
    const { node } = this;
    if (this.isKnownIn(from, !this.truth)) return true;
    const end = node.graph.blocks[node.blockById.get(from) ?? -1]?.end;
    const phis = node.graph.blocks[node.blockById.get(to) ?? -1]?.phis ?? [];
    if (end?.kind === "branch" && end.test === "truthy") {
      const { value, isNegated } = unnegated(node, end.value);
      const isTrue = (end.then === to) !== isNegated;
      if (end.then !== end.else && isTrue !== this.truth && this.isLeft(value)) return true;
    }
    return phis.some(
      ({ inputs }) =>
        inputs.some(({ value }) => originOf(node, value) === this.before) &&
        inputs.some(({ block, value }) => {
          const constant = block === from ? definitionOf(node, value) : null;
          return constant?.kind === "constant" && !this.mayBe(constant.value);
        }),
    );
  }

  /** What a round leaves in the variable, or found in it. */
  private isLeft(value: ValueId): boolean {
    const origin = originOf(this.node, value);
    return (
      origin === this.before ||
      this.phi.phi.inputs.some((input) => originOf(this.node, input.value) === origin)
    );
  }

  private isMadeOfBefore(value: ValueId, seen: Set<ValueId>): boolean {
    const origin = originOf(this.node, value);
    if (origin === this.before) return true;
    if (seen.has(origin)) return false;
    seen.add(origin);
    const definition = this.node.definitions[origin];
    const again = (other: ValueId): boolean => this.isMadeOfBefore(other, seen);
    if (definition?.kind === "phi") return definition.phi.inputs.some((input) => again(input.value));
    const instruction = definition?.kind === "instruction" ? definition.instruction : null;
    switch (instruction?.kind) {
      case "unary":
        return again(instruction.operand);
      case "binary":
        return again(instruction.left) || again(instruction.right);
      case "await":
        return again(instruction.value);
      default:
        return false;
    }
  }
}

function isNumber(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && typeof definition.value === "number" && definition.value >= 0;
}

function unnegated(
  node: FunctionNode,
  value: ValueId,
): { readonly value: ValueId; readonly isNegated: boolean } {
  let current = value;
  let isNegated = false;
  for (;;) {
    const definition = definitionOf(node, current);
    if (definition?.kind !== "unary" || definition.operator !== "!") return { value: current, isNegated };
    current = definition.operand;
    isNegated = !isNegated;
  }
}
