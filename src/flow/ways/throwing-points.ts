/**
 * Where a function may throw: a handler sees what held there, and nothing that was replaced before. A read of a member
 * throws only where nothing may be in the place of the object.
 */
import type { InstructionKind, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { canThrow } from "../../lower/instruction-values.js";
import type { Fact } from "../tabulation/fact.js";
import { originOf } from "../constants/key-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** What makes an object, so that there is one. */
const making = new Set<InstructionKind>(["object", "array", "function", "class", "template", "this"]);

export class ThrowingPoints {
  private readonly known = new Map<FunctionNode, (boolean | undefined)[]>();
  private readonly uses = new Map<FunctionNode, ReadonlyMap<ValueId, readonly number[]>>();

  constructor(private readonly pointsTo: PointsTo) {}

  mayThrow(node: FunctionNode, point: number): boolean {
    let row = this.known.get(node);
    if (row === undefined) {
      row = [];
      this.known.set(node, row);
    }
    return (row[point] ??= this.compute(node, point));
  }

  /** The fact came about at a point that may throw all the same; a result that it did not give is not there then. */
  leaves(node: FunctionNode, point: number, fact: Fact): boolean {
    const instruction = node.code[point];
    if (instruction === undefined || ("out" in instruction && instruction.out === fact.base)) return false;
    return this.mayThrow(node, point);
  }

  private compute(node: FunctionNode, point: number): boolean {
    const instruction = node.code[point];
    if (instruction === undefined) return false;
    // A method of the program that makes a text of an object, an accessor.
    if ((this.pointsTo.findSite(node, point)?.edges.size ?? 0) > 0) return true;
    if (!canThrow(instruction) || instruction.kind === "copy-properties") return false;
    if (instruction.kind === "load" || instruction.kind === "store")
      return !this.isThere(node, instruction.object, point);
    return true;
  }

  /** The value is certainly neither null nor undefined at a point. */
  private isThere(node: FunctionNode, value: ValueId, point: number): boolean {
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    if (definition?.kind === "instruction") {
      const { instruction } = definition;
      if (making.has(instruction.kind) || (instruction.kind === "call" && instruction.new)) return true;
      if (instruction.kind === "constant" && instruction.type !== "null" && instruction.type !== "undefined")
        return true;
      if (instruction.kind === "parameter" && isGivenOne(node, instruction)) return true;
    }
    return (this.readsIn(node).get(origin) ?? []).some((before) => precedes(node, before, point));
  }

  /** Where members of each value are read or written. */
  private readsIn(node: FunctionNode): ReadonlyMap<ValueId, readonly number[]> {
    const known = this.uses.get(node);
    if (known !== undefined) return known;
    const found = new Map<ValueId, number[]>();
    node.code.forEach((instruction, point) => {
      if (instruction.kind !== "load" && instruction.kind !== "store") return;
      const origin = originOf(node, instruction.object);
      const list = found.get(origin);
      if (list === undefined) found.set(origin, [point]);
      else list.push(point);
    });
    this.uses.set(node, found);
    return found;
  }
}

/** A parameter whose written type lets callers give nothing else than an object or a plain value. */
function isGivenOne(node: FunctionNode, { index }: InstructionOf<"parameter">): boolean {
  const parameter = node.graph.parameters[index];
  if (parameter === undefined) return false;
  return parameter.rest || (!parameter.optional && parameter.type !== null && isSomething(parameter.type));
}

function isSomething(type: TypeReference): boolean {
  switch (type.kind) {
    case "named":
    case "array":
    case "tuple":
    case "object":
    case "function":
      return true;
    case "intersection":
    case "union":
      return type.members.every(isSomething);
    case "literal":
      return type.value !== null;
    case "keyword":
      return /^(?:string|number|boolean|bigint|symbol|object)$/u.test(type.name);
    default:
      return false;
  }
}

/** Control comes to `point` only after it has passed `before`. */
function precedes(node: FunctionNode, before: number, point: number): boolean {
  const first = node.blockOf[before] ?? 0;
  const last = node.blockOf[point] ?? 0;
  if (first === last) return before < point;
  // Without the block, control does not come there; nor does it out of the midst of the block.
  const seen = new Set<number>([first]);
  const handler = node.graph.blocks[first]?.handler ?? null;
  const queue = first === 0 ? [] : [0];
  if (handler !== null) queue.push(node.blockById.get(handler) ?? 0);
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    if (position === last) return false;
    if (seen.has(position)) continue;
    seen.add(position);
    for (const next of successors(node, position)) queue.push(next);
  }
  return true;
}

function successors(node: FunctionNode, position: number): readonly number[] {
  const block = node.graph.blocks[position];
  if (block === undefined) return [];
  const { end, handler } = block;
  const targets =
    end.kind === "jump"
      ? [end.to]
      : end.kind === "branch"
        ? [end.then, end.else]
        : end.kind === "loop"
          ? [end.body, end.exit]
          : [];
  return [...targets, ...(handler === null ? [] : [handler])].flatMap((id) => node.blockById.get(id) ?? []);
}
