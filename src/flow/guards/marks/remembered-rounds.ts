/** Rounds of loops over lists in which a guard is asked, and what a variable remembers of them for others. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { sidesTaken } from "../ages/dominators.js";
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
      : isRemembered(node, body) || isCounted(node, body, point);
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
  const passed = new Set(sidesTaken(node, done).map(({ position }) => position));
  return sidesTaken(node, asking).some(
    ({ position, value }) =>
      body.has(position) && !passed.has(position) && isLeftByRound(node, head, body, value, 0),
  );
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

/** `agreed++` in those rounds in which the guard says so: how many there were. */
function isCounted(node: FunctionNode, body: ReadonlySet<number>, point: number): boolean {
  const asked = node.code[point];
  const answer = asked?.kind === "call" ? asked.out : null;
  if (answer === null) return false;
  return node.graph.blocks.some(({ phis }) =>
    phis.some(
      ({ out, inputs }) =>
        constantsIn(node, out, new Set()).includes(0) &&
        inputs.some(({ value }) => {
          const definition = node.definitions[originOf(node, value)];
          if (definition?.kind !== "instruction" || definition.instruction.kind !== "binary") return false;
          const block = node.blockOf[definition.point] ?? -1;
          return (
            definition.instruction.operator === "+" &&
            body.has(block) &&
            sidesTaken(node, block).some((each) => isMadeOf(node, each.value, answer, 0))
          );
        }),
    ),
  );
}

function isMadeOf(node: FunctionNode, value: ValueId, answer: ValueId, depth: number): boolean {
  const origin = originOf(node, value);
  if (origin === originOf(node, answer)) return true;
  const made = definitionOf(node, origin);
  if (made === null || depth > deepest) return false;
  const again = (other: ValueId): boolean => isMadeOf(node, other, answer, depth + 1);
  switch (made.kind) {
    case "await":
      return again(made.value);
    case "unary":
      return again(made.operand);
    case "binary":
      return again(made.left) || again(made.right);
    case "load":
      return again(made.object);
    default:
      return false;
  }
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
