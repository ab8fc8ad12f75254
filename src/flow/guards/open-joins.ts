/** Data that comes to a place past a join only where a guard has taken effect: `if (!agreed) text = ""`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { forOperands } from "../program/operands.js";
import type { FunctionNode } from "../program/program.js";
import { beginning } from "../tabulation/trace.js";
import type { Trace } from "../tabulation/trace.js";
import { originOf } from "../paths/value-places.js";
import type { OpenWays } from "./open-ways.js";

const mostHops = 400;

/** Where the data comes into the function: at a point of its code, or (null) by a parameter. */
interface Start {
  readonly node: FunctionNode;
  readonly point: number | null;
  /** The property that the data is: what else is read of the same object is not asked about. */
  readonly name: string | null;
}

/** Of the ways of the data through the joins of a function, is each one closed that leads to the point? */
export function isJoinedBehindGuard(
  node: FunctionNode,
  point: number,
  trace: Trace,
  open: OpenWays,
): boolean {
  if (!open.isNearGuard(node)) return false;
  const start = startIn(node, trace);
  if (start === null) return false;
  const all = isMadeOf(start, point, null);
  return all.isReached && all.hasJoin && !isMadeOf(start, point, open).isReached;
}

function startIn(node: FunctionNode, trace: Trace): Start | null {
  const note = beginning(trace)?.note;
  const name = note !== undefined && "field" in note ? (note.field.split(".").at(-1) ?? null) : null;
  let first: Extract<Trace, { kind: "source" | "step" }> | null = null;
  let current: Trace | null = trace;
  for (let hops = 0; current !== null && hops < mostHops; hops++) {
    if (current.kind === "entry") return { node, point: null, name };
    if (current.kind !== "return") {
      if (current.node !== node) break;
      first = current;
    }
    current = current.kind === "source" ? null : current.previous;
  }
  const at = first?.span;
  const point = at === undefined ? -1 : node.code.findIndex((each) => each.at === at);
  return point === -1 ? null : { node, point, name };
}

/** Is what is read at a point made of what comes in there? `open`: of a join, only what an open way brings counts. */
function isMadeOf(
  start: Start,
  from: number,
  open: OpenWays | null,
): { readonly isReached: boolean; readonly hasJoin: boolean } {
  const { node } = start;
  const seen = new Set<ValueId>();
  const points = new Set<number>();
  const queue: ValueId[] = [];
  let hasJoin = false;
  let isReached = false;
  const add = (value: ValueId): void => {
    if (value < 0 || seen.has(value)) return;
    seen.add(value);
    queue.push(value);
  };
  const read = (at: number): void => {
    const instruction = node.code[at];
    if (instruction === undefined || points.has(at)) return;
    points.add(at);
    if (at === start.point || (start.point === null && instruction.kind === "parameter")) isReached = true;
    if (instruction.kind === "load" && isOtherPart(start, instruction)) return;
    forOperands(instruction, add);
    if (instruction.kind !== "object" && instruction.kind !== "array") return;
    // What is put into it later.
    for (const use of node.uses[instruction.out] ?? []) {
      const kind = node.code[use]?.kind;
      if (kind === "store" || kind === "copy-properties" || kind === "append-elements") read(use);
    }
  };
  read(from);
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    const definition = node.definitions[value];
    if (definition?.kind === "instruction") read(definition.point);
    if (definition?.kind !== "phi") continue;
    hasJoin = true;
    const target = node.graph.blocks[definition.block]?.id;
    for (const input of definition.phi.inputs)
      if (open === null || target === undefined || open.leads(node, input.block, target)) add(input.value);
  }
  return { isReached, hasJoin };
}

/** `review.book`, where the data is `review.text`. */
function isOtherPart(start: Start, { object, property }: InstructionOf<"load">): boolean {
  if (start.name === null || property.kind !== "name" || property.name === start.name) return false;
  const { node, point } = start;
  const origin = originOf(node, object);
  if (point === null) {
    const definition = node.definitions[origin];
    return definition?.kind === "instruction" && definition.instruction.kind === "parameter";
  }
  const first = node.code[point];
  return first !== undefined && "out" in first && originOf(node, first.out) === origin;
}
