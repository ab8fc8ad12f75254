/**
 * Lists of those who were refused: `if (!(await agreed(child))) refused.push(child)`. That nothing is in such a list
 * after the loop says that each round has asked and was answered yes.
 */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { successors } from "../../program/successors.js";
import type { ListLoop } from "../list-loops.js";
import { listLoopsOf } from "../list-loops.js";
import type { Rounds } from "./folded-answers.js";
import type { Outcome } from "./outcome.js";
import { truthOf } from "./outcome.js";

const putting = /\.(?:push|unshift|add)$/u;
const taking = /\.(?:pop|shift|splice|clear|delete)$/u;

type Ways = Omit<Rounds, "tells">;

/** The name of a count that came out as none: `refused.length`. */
export function isNone(name: string, { test, path }: Outcome): boolean {
  if (path.length > 0 || !/^(?:length|size)$/u.test(name)) return false;
  return (test.kind === "is" && test.value === 0) || truthOf(test) === false;
}

/** That the list has nothing in it says that every round of a loop before has asked. */
export function emptyListTells(
  node: FunctionNode,
  value: ValueId,
  isBehind: (head: number, loop: ListLoop) => boolean,
  ways: Ways,
): boolean {
  const list = originOf(node, value);
  return [...listLoopsOf(node)].some(
    ([head, loop]) =>
      fillsIn(node, list, loop) &&
      isBehind(head, loop) &&
      ways.counts(head, loop.list) &&
      isFilledElse(node, list, head, loop, ways),
  );
}

/** Is there a list that every round of the loop fills or asks in? */
export function isFoldedInList(node: FunctionNode, head: number, loop: ListLoop, ways: Ways): boolean {
  const lists = new Set(
    node.code.flatMap((each, point) =>
      each.kind === "call" && loop.body.has(node.blockOf[point] ?? -1) && isPutting(each)
        ? [originOf(node, each.receiver)]
        : [],
    ),
  );
  return [...lists].some((list) => fillsIn(node, list, loop) && isFilledElse(node, list, head, loop, ways));
}

function isPutting(
  call: InstructionOf<"call">,
): call is InstructionOf<"call"> & { readonly receiver: ValueId } {
  return call.receiver !== null && call.arguments.length > 0 && putting.test(call.name);
}

/** Made before the loop with nothing in it, filled in it, and never emptied. */
function fillsIn(node: FunctionNode, list: ValueId, loop: ListLoop): boolean {
  const made = node.definitions[list];
  if (made?.kind !== "instruction" || loop.body.has(node.blockOf[made.point] ?? -1)) return false;
  const { instruction } = made;
  const isList =
    instruction.kind === "array" ||
    (instruction.kind === "call" && instruction.new && /^(?:Set|Array)$/u.test(instruction.name));
  return (
    isList &&
    !node.code.some((each) =>
      each.kind === "call"
        ? each.receiver !== null && taking.test(each.name) && originOf(node, each.receiver) === list
        : each.kind === "store" &&
          originOf(node, each.object) === list &&
          each.property.kind === "name" &&
          each.property.name === "length",
    )
  );
}

/** No way leads from one round to the next, or out of the middle of one, but past a guard or by filling the list. */
function isFilledElse(node: FunctionNode, list: ValueId, head: number, loop: ListLoop, ways: Ways): boolean {
  const filling = new Set(
    node.code.flatMap((each, point) =>
      each.kind === "call" && isPutting(each) && originOf(node, each.receiver) === list
        ? [node.blockOf[point] ?? -1]
        : [],
    ),
  );
  const start = node.graph.blocks[head];
  if (start === undefined) return false;
  const seen = new Set<number>();
  const queue: number[] = [];
  const reach = (from: number): boolean => {
    const block = node.graph.blocks[from];
    if (block === undefined || filling.has(from)) return true;
    const after = block.handler === null ? successors(block.end) : [...successors(block.end), block.handler];
    return after.every((id) => {
      const target = node.blockById.get(id);
      if (target === undefined || !ways.goes(block.id, id)) return true;
      if (target === head || !loop.body.has(target)) return false;
      if (!seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
      return true;
    });
  };
  for (const id of successors(start.end)) {
    const target = node.blockById.get(id);
    if (target !== undefined && loop.body.has(target) && !seen.has(target)) {
      seen.add(target);
      queue.push(target);
    }
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) if (!reach(next)) return false;
  return true;
}
