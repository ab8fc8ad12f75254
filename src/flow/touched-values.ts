/** Which facts an instruction concerns: all others go past it. */
import type { Aliases } from "./aliases.js";
import { capturedValues } from "./captured-values.js";
import { pending } from "./fact.js";
import type { Base } from "./fact.js";
import type { FunctionNode } from "./program.js";
import { operandsOf } from "./program.js";

export class TouchedValues {
  private readonly rows = new Map<number, (ReadonlySet<Base> | null)[]>();

  constructor(private readonly aliases: Aliases) {}

  /** Does the instruction at `point` do anything to facts about `base`? */
  at(node: FunctionNode, point: number, base: Base): boolean {
    const bases = this.basesAt(node, point);
    return bases === null || bases.has(base);
  }

  /** What the instruction at `point` concerns; null: facts about any value. */
  basesAt(node: FunctionNode, point: number): ReadonlySet<Base> | null {
    let row = this.rows.get(node.index);
    if (row === undefined) {
      row = [];
      this.rows.set(node.index, row);
    }
    let set = row[point];
    if (set === undefined) {
      set = this.compute(node, point);
      row[point] = set;
    }
    return set;
  }

  private compute(node: FunctionNode, point: number): ReadonlySet<Base> | null {
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
        }
        return set;
      }
    }
  }
}
