/**
 * Who calls a function, and what values may be, as seen from one way through the program: of the callers of a function
 * on the way only the one counts that the way comes by.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { CallbackEdge, CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export interface SeenCallers {
  callersOf(node: FunctionNode): readonly CallEdge[];
  callbacksOf(node: FunctionNode): readonly CallbackEdge[];
  valuesOf(node: FunctionNode, value: ValueId): ReadonlySet<AbstractValue>;
}

/** By which call a way comes to each of its functions. */
export type CallsOnWay = ReadonlyMap<FunctionNode, CallEdge>;

const noCallbacks: readonly CallbackEdge[] = [];
const deepest = 12;

export class CallersOnWay implements SeenCallers {
  private readonly rows = new Map<FunctionNode, Map<ValueId, ReadonlySet<AbstractValue>>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly calls: CallsOnWay,
    /** Who is seen of the functions that are not on the way. */
    private readonly others: SeenCallers = pointsTo,
  ) {}

  callersOf(node: FunctionNode): readonly CallEdge[] {
    const edge = this.calls.get(node);
    return edge === undefined ? this.others.callersOf(node) : [edge];
  }

  callbacksOf(node: FunctionNode): readonly CallbackEdge[] {
    return this.calls.has(node) ? noCallbacks : this.others.callbacksOf(node);
  }

  valuesOf(node: FunctionNode, value: ValueId): ReadonlySet<AbstractValue> {
    return this.narrowed(node, value, 0);
  }

  private narrowed(node: FunctionNode, value: ValueId, depth: number): ReadonlySet<AbstractValue> {
    const all = this.others.valuesOf(node, value);
    const edge = this.calls.get(node);
    if (edge === undefined || all.size === 0 || depth > deepest) return all;
    let row = this.rows.get(node);
    if (row === undefined) this.rows.set(node, (row = new Map<ValueId, ReadonlySet<AbstractValue>>()));
    const known = row.get(value);
    if (known !== undefined) return known;
    // A value that is asked for again on the way to its own answer.
    row.set(value, all);
    const found = this.find(node, value, edge, depth + 1);
    const answer = found === null ? all : new Set([...all].filter((each) => found.has(each)));
    row.set(value, answer);
    return answer;
  }

  /** Null where the way tells no more than the program does. */
  private find(
    node: FunctionNode,
    value: ValueId,
    edge: CallEdge,
    depth: number,
  ): ReadonlySet<AbstractValue> | null {
    const definition = node.definitions[value];
    if (definition === undefined) return null;
    if (definition.kind === "phi")
      return union(definition.phi.inputs.map((input) => this.narrowed(node, input.value, depth)));
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        return this.narrowed(node, instruction.value, depth);
      case "parameter": {
        if (edge.shape !== "call" && edge.shape !== "construct") return null;
        const given = argumentsFor(edge, instruction.index);
        return given.some((argument) => argument.spread) ||
          node.graph.parameters[instruction.index]?.rest === true
          ? null
          : union(given.map((argument) => this.narrowed(edge.site.caller, argument.value, depth)));
      }
      case "load":
        return instruction.property.kind === "name"
          ? this.property(this.narrowed(node, instruction.object, depth), instruction.property.name)
          : null;
      default:
        return null;
    }
  }

  /** Of objects of the program's own: what a package's holds is not told by its name. */
  private property(objects: ReadonlySet<AbstractValue>, name: string): ReadonlySet<AbstractValue> | null {
    if (objects.size === 0) return null;
    const parts: ReadonlySet<AbstractValue>[] = [];
    for (const object of objects) {
      if (object.kind === "constant") continue;
      if (object.kind !== "object" || object.array) return null;
      parts.push(this.pointsTo.fieldNode(object, name).values, this.pointsTo.fieldNode(object, "[]").values);
    }
    return union(parts);
  }
}

function union(sets: readonly ReadonlySet<AbstractValue>[]): ReadonlySet<AbstractValue> {
  const [only] = sets;
  return sets.length === 1 && only !== undefined ? only : new Set(sets.flatMap((set) => [...set]));
}
