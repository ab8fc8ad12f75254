/** Loops that may change properties of what they go through in each round, by their instructions alone. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import { countedBy } from "./counted-loops.js";
import type { FunctionNode } from "./program.js";
import { blocksOfLoop, changesIn, isPropertyChange, startOfRound } from "./rounds-of-loops.js";

const loopsByFunction = new WeakMap<FunctionNode, ReadonlyMap<number, ReadonlySet<number>>>();

/** By the position of the block at its head: the positions of the blocks of each. */
export function changingLoops(node: FunctionNode): ReadonlyMap<number, ReadonlySet<number>> {
  let loops = loopsByFunction.get(node);
  if (loops === undefined) {
    const heads = [...node.graph.blocks.keys()].filter((head) => mayChange(node, head));
    loops = new Map(heads.map((head) => [head, blocksOfLoop(node, head)]));
    loopsByFunction.set(node, loops);
  }
  return loops;
}

function mayChange(node: FunctionNode, head: number): boolean {
  const end = node.graph.blocks[head]?.end;
  const isLoop =
    end?.kind === "loop" ||
    (end?.kind === "branch" && end.test === "truthy" && countedBy(node, end.value, head) !== null);
  if (!isLoop) return false;
  for (const [instruction] of startOfRound(node, head)) if (mayBeChange(node, instruction)) return true;
  for (const [change] of changesIn(node, head)) if (mayBeChange(node, change)) return true;
  return false;
}

function mayBeChange(node: FunctionNode, instruction: Instruction): boolean {
  if (instruction.kind === "call") return instruction.arguments.some(({ value }) => isOfRound(node, value));
  return (
    isPropertyChange(instruction) &&
    (instruction.property.kind === "computed" || isOfRound(node, instruction.object))
  );
}

/** `row` of the list, `rows[index]` */
function isOfRound(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return (
    definition?.kind === "iterate" || (definition?.kind === "load" && definition.property.kind === "computed")
  );
}
