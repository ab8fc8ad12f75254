/** Of several values the one that a run takes: `people.map(isFull ? nameOf : labelOf)`, where it is told what `isFull` is. */
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { definitionOf } from "../paths/value-places.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";

/** What a value may be in the run; null where nothing is known. */
type Read = (value: ValueId) => ReadonlySet<AbstractValue> | null;

interface Input {
  readonly value: ValueId;
  readonly block: BlockId;
}

const deepest = 4;

/** The inputs to which no decided branch bars the way; null where none is barred. */
export function decidedInputs(
  node: FunctionNode,
  inputs: readonly Input[],
  read: Read,
): readonly ValueId[] | null {
  const taken = inputs.filter((input) => !isBarred(node, input, read));
  return taken.length === 0 || taken.length === inputs.length ? null : taken.map(({ value }) => value);
}

/** The only way to the block is the other side of a branch. */
function isBarred(node: FunctionNode, { block }: Input, read: Read): boolean {
  const position = node.blockById.get(block);
  const [before, ...others] = position === undefined ? [] : (predecessorsOf(node)[position] ?? []);
  const end = before === undefined || others.length > 0 ? undefined : node.graph.blocks[before.position]?.end;
  if (end?.kind !== "branch" || end.test !== "truthy" || end.then === end.else) return false;
  const truth = truthOf(node, end.value, read, 0);
  return truth !== null && (truth ? end.then : end.else) !== block;
}

function truthOf(node: FunctionNode, value: ValueId, read: Read, depth: number): boolean | null {
  const definition = definitionOf(node, value);
  if (depth > deepest || definition === null) return null;
  switch (definition.kind) {
    case "unary": {
      const inner = definition.operator === "!" ? truthOf(node, definition.operand, read, depth + 1) : null;
      return inner === null ? null : !inner;
    }
    case "binary": {
      if (!/^[!=]==$/u.test(definition.operator)) return null;
      const [left, ...moreLeft] = constantsOf(read(definition.left)) ?? [];
      const [right, ...moreRight] = constantsOf(read(definition.right)) ?? [];
      if (left === undefined || right === undefined || moreLeft.length > 0 || moreRight.length > 0)
        return null;
      return (left.value === right.value) === (definition.operator === "===");
    }
    case "parameter":
    case "capture": {
      const [first, ...others] = constantsOf(read(value)) ?? [];
      if (first === undefined) return null;
      const truth = Boolean(first.value);
      return others.every((each) => Boolean(each.value) === truth) ? truth : null;
    }
    default:
      return null;
  }
}

/** Null where it may be anything else. */
function constantsOf(
  values: ReadonlySet<AbstractValue> | null,
): readonly Extract<AbstractValue, { kind: "constant" }>[] | null {
  if (values === null) return null;
  const found = [...values].filter((each) => each.kind === "constant");
  return found.length === values.size ? found : null;
}
