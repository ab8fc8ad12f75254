/** Which facts an instruction concerns: all others go past it. */
import type { ValueId } from "../contracts/file-graph.js";
import type { Aliases } from "./aliases.js";
import { capturedValues } from "./captured-values.js";
import { pending } from "./fact.js";
import type { Base } from "./fact.js";
import type { FunctionNode } from "./program.js";
import { operandsOf } from "./program.js";

/** Points of one function, in order: those that concern every fact, and those of each base. */
interface TouchedPoints {
  readonly always: readonly number[];
  readonly byBase: ReadonlyMap<Base, readonly number[]>;
}

const none: readonly number[] = [];

export class TouchedValues {
  private readonly functions = new Map<number, TouchedPoints>();

  constructor(private readonly aliases: Aliases) {}

  /** The first point from `from` on, before `end`, whose instruction does anything to facts about `base`. */
  next(node: FunctionNode, base: Base, from: number, end: number): number | null {
    const { always, byBase } = this.of(node);
    const own = firstFrom(byBase.get(base) ?? none, from);
    const other = firstFrom(always, from);
    const first = own < other ? own : other;
    return first < end ? first : null;
  }

  /** All points that do anything to facts about `base`. */
  pointsOf(node: FunctionNode, base: Base): readonly number[] {
    const { always, byBase } = this.of(node);
    const own = byBase.get(base) ?? none;
    return always.length === 0 ? own : [...own, ...always];
  }

  private of(node: FunctionNode): TouchedPoints {
    let found = this.functions.get(node.index);
    if (found === undefined) {
      found = this.find(node);
      this.functions.set(node.index, found);
    }
    return found;
  }

  private find(node: FunctionNode): TouchedPoints {
    const always: number[] = [];
    const byBase = new Map<Base, number[]>();
    node.code.forEach((_, point) => {
      const bases = this.touchedAt(node, point);
      if (bases === null) always.push(point);
      for (const base of bases ?? []) {
        const points = byBase.get(base);
        if (points === undefined) byBase.set(base, [point]);
        else points.push(point);
      }
    });
    return { always, byBase };
  }

  /** Null: concerns facts about any value. */
  private touchedAt(node: FunctionNode, point: number): ReadonlySet<Base> | null {
    const instruction = node.code[point];
    if (instruction === undefined) return new Set();
    switch (instruction.kind) {
      case "parameter":
        return new Set([-10 - instruction.index]);
      case "this":
        return new Set([-3]);
      case "capture":
        return new Set([-4]);
      case "catch":
        return new Set([pending]);
      case "arguments":
        return null;
      default: {
        const set = new Set<Base>(operandsOf(instruction));
        if (instruction.kind === "super-call" || instruction.kind === "super-load") set.add(-3);
        if (instruction.kind === "super-load") set.add(-4);
        const written =
          instruction.kind === "store" || instruction.kind === "delete"
            ? instruction.object
            : instruction.kind === "box-write"
              ? instruction.box
              : null;
        if (written !== null) for (const place of this.aliases.placesOf(node, written)) set.add(place.base);
        if ("out" in instruction) set.add(instruction.out);
        if (instruction.kind === "call") {
          for (const operand of operandsOf(instruction))
            for (const place of this.aliases.placesOf(node, operand)) set.add(place.base);
          for (const value of capturedValues(this.aliases, node, instruction.callee)) set.add(value);
          for (const { value } of instruction.arguments)
            for (const captured of deletedFrom(node, value))
              for (const place of this.aliases.placesOf(node, captured)) set.add(place.base);
        }
        return set;
      }
    }
  }
}

/** What a callback has captured that deletes properties. */
function deletedFrom(node: FunctionNode, callback: ValueId): readonly ValueId[] {
  const definition = node.definitions[callback];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") return [];
  const { captures, function: id } = definition.instruction;
  const deletes = node.fileGraph.functions[id]?.blocks.some(({ instructions }) =>
    instructions.some(({ kind }) => kind === "delete"),
  );
  return deletes === true ? captures : [];
}

/** The first of ascending numbers that is not below `from`. */
function firstFrom(points: readonly number[], from: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return points[low] ?? Infinity;
}
