/**
 * Puts what comes from outside into a marked property or column. An object or list of the program's own that is put
 * there brings whatever it holds: all of it is the field from then on.
 */
import type { Span } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isScalar } from "../points-to/abstract-value.js";
import type { BorderStates } from "./border-states.js";
import type { Borders } from "./borders.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Copy } from "../program/copies.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "./tabulation.js";
import type { Writer, Writers } from "../points-to/writers.js";

/** Objects that are looked into at one place. */
const mostObjects = 12;

export class MarkedPlaces {
  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly states: BorderStates,
    private readonly borders: Borders,
  ) {}

  /** `writer` writes to a place that is marked as the field. */
  put(writer: Writer, field: FieldId): void {
    this.enter(writer, field);
    const seen = new Set<AbstractValue>();
    this.heldByAny(writer.node, this.pointsTo.valuesOf(writer.node, writer.value), field, seen);
  }

  /** An object with marked properties gets those of another one, into which `writer` writes. */
  putByCopy({ node, point, target, source, at }: Copy, { name, ...writer }: Writer, field: FieldId): void {
    for (const entering of this.states.statesOf(writer.node, writer.value, field)) {
      const border = { node, value: source, path: [name], field };
      const { state, trace } = this.borders.enter(border, at, entering);
      this.tabulation.write(this.tabulation.zero(node), point, target, [name], state, trace);
    }
  }

  /** Objects made right here; of others only the one that it surely is: shared state may hold anything. */
  private heldByAny(
    node: FunctionNode,
    values: ReadonlySet<AbstractValue>,
    field: FieldId,
    seen: Set<AbstractValue>,
  ): void {
    const objects = [...values].filter((value) => !isScalar(value));
    for (const object of objects)
      if (objects.length === 1 || isMadeIn(node, object)) this.held(node, object, field, seen);
  }

  private held(node: FunctionNode, object: AbstractValue, field: FieldId, seen: Set<AbstractValue>): void {
    const isContainer = object.kind === "object" || (object.kind === "foreign" && object.module === "lib");
    if (seen.has(object) || seen.size > mostObjects || !isContainer) return;
    seen.add(object);
    const isList = object.kind === "object" && object.array;
    const elements = isList ? this.writers.unnamedIn(object) : [];
    for (const writer of [...this.writers.ofObject(object), ...elements]) {
      this.enter(writer, field);
      this.heldByAny(writer.node, this.pointsTo.valuesOf(writer.node, writer.value), field, seen);
    }
    this.heldByAny(node, this.pointsTo.fieldNode(object, "*").values, field, seen);
  }

  private enter({ node, point, object, name, value }: Writer, field: FieldId): void {
    for (const entering of this.states.statesOf(node, value, field)) {
      const { state, trace } = this.borders.enter(
        { node, value, path: [], field },
        spanOf({ node, point }),
        entering,
      );
      const zero = this.tabulation.zero(node);
      this.tabulation.write(zero, point, object, [name], state, trace);
    }
  }
}

function isMadeIn(node: FunctionNode, value: AbstractValue): boolean {
  return "site" in value && value.site?.startsWith(`${String(node.index)}:`) === true;
}

/** Where a property is written: its name in a literal, else the whole assignment. */
export function spanOf({ node, point }: Pick<Writer, "node" | "point">): Span {
  const instruction = node.code[point];
  return instruction?.kind === "store" && instruction.initial
    ? instruction.nameAt
    : (instruction?.at ?? node.graph.nameAt);
}
