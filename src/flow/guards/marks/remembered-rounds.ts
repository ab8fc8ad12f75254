/** Rounds of loops over lists in which a guard is asked, and what a variable remembers of them for others. */
import type { BlockId, Phi, ValueId } from "../../../contracts/file-graph.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { sidesTaken } from "../ages/dominators.js";
import { isLength } from "../evidence/counts.js";
import { listLoopsOf } from "../list-loops.js";
import { AnswerSides } from "./answer-sides.js";

type PhiInput = Phi["inputs"][number];

const deepest = 8;

/** The lists in whose rounds the guard at a point is asked, of whose elements one is enough for what is done later. */
export function listsRemembered(node: FunctionNode, point: number, later: number): readonly ValueId[] {
  const block = node.blockOf[point] ?? -1;
  const done = node.blockOf[later] ?? -1;
  return [...listLoopsOf(node)].flatMap(([head, { body, list }]) => {
    if (!body.has(block)) return [];
    const isEnough = body.has(done)
      ? isAskedInFirstRound(node, head, body, block, done)
      : isRemembered(node, head, body, point);
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

/**
 * What a round of the loop leaves in a variable for what is done later, where one answer decides it: `found = true`,
 * `any = any || (await agreed(child))`, `count++` where it is not compared with how many there are.
 */
export function isRemembered(
  node: FunctionNode,
  head: number,
  body: ReadonlySet<number>,
  point: number,
): boolean {
  const answer = new AnswerSides(node, body, point);
  const isSetWhereAgreed = node.graph.blocks.some(({ phis }) =>
    phis.some(
      ({ out, inputs }) =>
        inputs.some(({ block, value }) => {
          const from = node.blockById.get(block) ?? -1;
          return body.has(from) && constantOf(node, value) === true && answer.sideOf(from) !== false;
        }) && constantsIn(node, out, new Set()).includes(false),
    ),
  );
  return (
    isSetWhereAgreed ||
    (node.graph.blocks[head]?.phis ?? []).some((phi) => isFoldedByOne(node, phi, body, answer))
  );
}

/** One that agreed turns what the variable was before the first round. */
function isFoldedByOne(
  node: FunctionNode,
  { out, inputs }: Phi,
  body: ReadonlySet<number>,
  answer: AnswerSides,
): boolean {
  const isBack = ({ block }: { readonly block: BlockId }): boolean =>
    body.has(node.blockById.get(block) ?? -1);
  const [before, ...others] = new Set(
    inputs.flatMap((input) => (isBack(input) ? [] : [truthWritten(node, input.value)])),
  );
  if (before == null || others.length > 0) return false;
  const left = inputs.flatMap((input) => (isBack(input) ? leftIn(node, input, body, new Set([out])) : []));
  return left.some(({ block, value }) => {
    const told = answer.toldBy(value);
    if (told !== null) return told !== before;
    const side = answer.sideOf(node.blockById.get(block) ?? -1);
    if (side !== true) return false;
    const written = truthWritten(node, value);
    if (written !== null) return written !== before;
    const sum = definitionOf(node, value);
    return !before && sum?.kind === "binary" && sum.operator === "+" && !isComparedWithLength(node, out);
  });
}

/** What a round may leave: through the joins in it, but what it found. */
function leftIn(
  node: FunctionNode,
  input: PhiInput,
  body: ReadonlySet<number>,
  seen: Set<ValueId>,
): readonly PhiInput[] {
  const origin = originOf(node, input.value);
  if (seen.has(origin)) return [];
  const definition = node.definitions[origin];
  if (definition?.kind !== "phi") return [input];
  seen.add(origin);
  return body.has(definition.block)
    ? definition.phi.inputs.flatMap((each) => leftIn(node, each, body, seen))
    : [];
}

/** `granted !== children.length` */
function isComparedWithLength(node: FunctionNode, count: ValueId): boolean {
  return node.code.some(
    (each) =>
      each.kind === "binary" &&
      [
        [each.left, each.right],
        [each.right, each.left],
      ].some(([one = -1, other = -1]) => originOf(node, one) === count && isLength(node, other)),
  );
}

/** Whether a constant is taken for true; null: it is none. */
function truthWritten(node: FunctionNode, value: ValueId): boolean | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "constant") return null;
  return definition.type !== "undefined" && Boolean(definition.value);
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
