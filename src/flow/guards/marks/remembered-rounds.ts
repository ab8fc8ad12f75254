/** Rounds of loops over lists in which a guard is asked, and what a variable remembers of them for others. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { dominatorsOf } from "../ages/dominators.js";
import { listLoopsOf } from "../list-loops.js";

const deepest = 8;

/** The lists in whose rounds the guard at a point is asked, of whose elements one is enough for what is done later. */
export function listsRemembered(node: FunctionNode, point: number, later: number): readonly ValueId[] {
  const block = node.blockOf[point] ?? -1;
  const done = node.blockOf[later] ?? -1;
  return [...listLoopsOf(node)].flatMap(([head, { body, list }]) => {
    if (!body.has(block)) return [];
    const isEnough = body.has(done)
      ? isAskedInFirstRound(node, head, body, block, done)
      : isRemembered(node, body);
    return isEnough ? [list] : [];
  });
}

/** `if (!asked) { await demand(child); asked = true; }`: what an earlier round left decides whether this one asks. */
function isAskedInFirstRound(
  node: FunctionNode,
  head: number,
  body: ReadonlySet<number>,
  asking: number,
  done: number,
): boolean {
  const dominators = dominatorsOf(node);
  return [...body].some((position) => {
    const end = node.graph.blocks[position]?.end;
    if (end?.kind !== "branch" || dominators[asking]?.has(position) !== true) return false;
    const sides = [end.then, end.else].map((id) => node.blockById.get(id) ?? -1);
    const isDecided = sides.some((side) => dominators[asking]?.has(side) === true);
    const isPassed = sides.every((side) => dominators[done]?.has(side) !== true);
    return isDecided && isPassed && isLeftByRound(node, head, body, end.value, 0);
  });
}

/** Nothing but a variable that rounds change, or whether it is some constant: `!asked`, `count === 0`. */
function isLeftByRound(
  node: FunctionNode,
  head: number,
  body: ReadonlySet<number>,
  value: ValueId,
  depth: number,
): boolean {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition === undefined || depth > deepest) return false;
  if (definition.kind === "phi")
    return (
      definition.block === head &&
      definition.phi.inputs.some(
        (input) => body.has(node.blockById.get(input.block) ?? -1) && originOf(node, input.value) !== origin,
      )
    );
  const { instruction } = definition;
  const again = (other: ValueId): boolean => isLeftByRound(node, head, body, other, depth + 1);
  const isConstant = (other: ValueId): boolean => definitionOf(node, other)?.kind === "constant";
  switch (instruction.kind) {
    case "unary":
      return again(instruction.operand);
    case "binary":
      return isConstant(instruction.right)
        ? again(instruction.left)
        : isConstant(instruction.left) && again(instruction.right);
    default:
      return false;
  }
}

/** `found = true` in a round of the loop, of what was false before. */
export function isRemembered(node: FunctionNode, body: ReadonlySet<number>): boolean {
  return node.graph.blocks.some(({ phis }) =>
    phis.some(
      ({ out, inputs }) =>
        inputs.some(
          ({ block, value }) => body.has(node.blockById.get(block) ?? -1) && constantOf(node, value) === true,
        ) && constantsIn(node, out, new Set()).includes(false),
    ),
  );
}

function constantOf(node: FunctionNode, value: ValueId): unknown {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" ? definition.value : undefined;
}

/** The truth values that are written where the ways to a value come together. */
function constantsIn(node: FunctionNode, value: ValueId, seen: Set<ValueId>): readonly unknown[] {
  const origin = originOf(node, value);
  if (seen.has(origin)) return [];
  seen.add(origin);
  const definition = node.definitions[origin];
  if (definition?.kind === "phi")
    return definition.phi.inputs.flatMap((input) => constantsIn(node, input.value, seen));
  const instruction = definition?.kind === "instruction" ? definition.instruction : null;
  return instruction?.kind === "constant" ? [instruction.value] : [];
}
