/** Which facts an instruction concerns: all others go past it. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Aliases } from "../points-to/aliases.js";
import { handedTwice } from "../points-to/captured-operands.js";
import { capturedValues } from "../points-to/captured-values.js";
import { closure, incoming, pending, receiver } from "./fact.js";
import type { Base } from "./fact.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isPropertyChange } from "../program/rounds-of-loops.js";
import { forOperands } from "../program/operands.js";

/** Points of one function, in order: those that concern every fact, and those of each base. */
interface TouchedPoints {
  readonly always: readonly number[];
  readonly byBase: ReadonlyMap<Base, readonly number[]>;
}

const none: readonly number[] = [];

export class TouchedValues {
  private readonly functions = new Map<number, TouchedPoints>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly aliases: Aliases,
  ) {}

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
    let point = 0;
    const touch = (base: Base): void => {
      const points = byBase.get(base);
      if (points === undefined) byBase.set(base, [point]);
      else if (points[points.length - 1] !== point) points.push(point);
    };
    for (; point < node.code.length; point++) {
      const instruction = node.code[point];
      if (instruction?.kind === "arguments") always.push(point);
      else if (instruction !== undefined) this.touched(node, instruction, point, touch);
    }
    return { always, byBase };
  }

  /** The values that an instruction concerns. */
  private touched(
    node: FunctionNode,
    instruction: Instruction,
    point: number,
    touch: (base: Base) => void,
  ): void {
    const touchPlaces = (value: ValueId): void => {
      for (const place of this.aliases.placesOf(node, value)) touch(place.base);
    };
    switch (instruction.kind) {
      case "parameter":
        touch(incoming(instruction.index));
        return;
      case "this":
        touch(receiver);
        return;
      case "capture":
        touch(closure);
        return;
      case "catch":
        touch(pending);
        return;
      default:
        break;
    }
    forOperands(instruction, touch);
    if ("out" in instruction) touch(instruction.out);
    switch (instruction.kind) {
      case "super-load":
        touch(receiver);
        touch(closure);
        break;
      case "super-call":
        touch(receiver);
        break;
      case "store":
      case "delete":
        touchPlaces(instruction.object);
        break;
      case "box-write":
        touchPlaces(instruction.box);
        break;
      case "call":
        forOperands(instruction, touchPlaces);
        for (const value of capturedValues(this.aliases, node, instruction.callee)) touch(value);
        for (const value of handedTwice(this.pointsTo, node, point)) touch(value);
        for (const { value } of instruction.arguments)
          for (const captured of changedBy(node, value)) touchPlaces(captured);
        break;
      default:
        break;
    }
  }
}

/** What a callback has captured that deletes properties, or writes some of which it is given the names. */
function changedBy(node: FunctionNode, callback: ValueId): readonly ValueId[] {
  const definition = node.definitions[callback];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") return [];
  const { captures, function: id } = definition.instruction;
  const changes = node.fileGraph.functions[id]?.blocks.some(({ instructions }) =>
    instructions.some(
      (each) => each.kind === "delete" || (isPropertyChange(each) && each.property.kind === "computed"),
    ),
  );
  return changes === true ? captures : [];
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
