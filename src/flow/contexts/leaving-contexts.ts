/**
 * The way back of what began inside a function: to every caller, but knowing how the function was reached. What
 * `NamedLetter.body` read comes out of `toText` (which calls `this.body()`) only where `toText` was called on a
 * `NamedLetter`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes } from "../points-to/abstract-value.js";
import type { Context } from "./context.js";
import type { ContextValues } from "./context-values.js";
import { rootPlaces } from "../models/address-facts.js";
import type { CallbackEdge, CallEdge, PointsTo } from "../points-to/points-to.js";
import { writtenShift } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { isUnseenFunction } from "../points-to/unseen-functions.js";
import { definitionOf } from "../paths/value-places.js";

type Values = ReadonlySet<AbstractValue>;
/** What is known of the run of a caller. */
export type Known = Pick<Context, "receiver" | "parameters">;

export class LeavingContexts {
  private readonly unseen = new Map<FunctionNode, Map<number, boolean>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** What a run of the callee in a context says of the caller's run; null: this call cannot have started it. */
  callerOf(context: Context, edge: CallEdge): Known | null {
    const { site, callee, shape } = edge;
    const { caller, instruction } = site;
    if (shape === "construct" && context.receiver !== null)
      return [...context.receiver].some((self) => self.kind !== "instance" || self.site === site.id)
        ? unknown
        : null;
    if (shape === "super")
      return isNoneOf(this.pointsTo.receiverNode(caller).values, context.receiver)
        ? null
        : this.known(caller, this.receiverOf(caller, context.receiver), []);
    const shift = writtenShift(edge);
    if (instruction.kind !== "call" || shift === null) return unknown;
    const handed: (readonly [ValueId, Values | null])[] = [
      [instruction.callee, this.functionsOf(caller, instruction.callee, callee)],
    ];
    if (instruction.receiver !== null) {
      handed.push([instruction.receiver, context.receiver]);
      const own = ownSlot(this.pointsTo, callee);
      if (own !== null) handed.push([instruction.receiver, context.slots.get(own) ?? null]);
    }
    instruction.arguments.forEach((argument, index) => {
      const wanted = context.parameters.get(index + shift);
      if (wanted !== undefined && !argument.spread) handed.push([argument.value, wanted]);
    });
    if (handed.some(([value, wanted]) => this.excludes(caller, value, wanted))) return null;
    const own =
      instruction.receiver !== null && definitionOf(caller, instruction.receiver)?.kind === "this"
        ? this.dispatching(caller, instruction, context.receiver, callee)
        : null;
    return this.known(caller, own, handed);
  }

  /** The same of a function that a call handed over. */
  callerOfCallback(edge: CallbackEdge): Known {
    const { caller } = edge.site;
    const operand = wholeOperand(edge);
    return operand === null
      ? unknown
      : this.known(caller, null, [[operand, this.functionsOf(caller, operand, edge.callee)]]);
  }

  private known(
    caller: FunctionNode,
    receiver: Values | null,
    handed: readonly (readonly [ValueId, Values | null])[],
  ): Known {
    const parameters = new Map<number, Values>();
    for (const [value, wanted] of handed) {
      const origin = definitionOf(caller, value);
      if (origin?.kind !== "parameter" || wanted === null) continue;
      const all = this.pointsTo.parameterNode(caller, origin.index).values;
      const kept =
        this.fewer(all, (each) => wanted.has(each)) ??
        (this.takesUnseen(caller, origin.index) ? ofThese(all, wanted) : null);
      if (kept !== null) parameters.set(origin.index, kept);
    }
    return receiver === null && parameters.size === 0 ? unknown : { receiver, parameters };
  }

  /** Some callers hand over functions of which nothing is seen. */
  private takesUnseen(node: FunctionNode, index: number): boolean {
    if (node.graph.parameters[index]?.type?.kind !== "function") return false;
    const ofNode = this.unseen.get(node) ?? new Map<number, boolean>();
    this.unseen.set(node, ofNode);
    let takes = ofNode.get(index);
    if (takes === undefined) {
      takes = this.pointsTo.callersOf(node).some(({ shape, site: { caller, instruction } }) => {
        const argument = instruction.kind === "call" ? instruction.arguments[index] : undefined;
        return (
          shape === "call" &&
          argument?.spread === false &&
          isUnseenFunction(this.pointsTo, caller, argument.value)
        );
      });
      ofNode.set(index, takes);
    }
    return takes;
  }

  /** A value that is known to be none of these. */
  private excludes(caller: FunctionNode, value: ValueId, wanted: Values | null): boolean {
    if (wanted !== null && wanted.size > 0 && [...wanted].every(({ kind }) => kind === "function"))
      if (isUnseenFunction(this.pointsTo, caller, value)) return true;
    return isNoneOf(this.pointsTo.valuesOf(caller, value), wanted);
  }

  /** The callee as a value, where the caller was handed it. */
  private functionsOf(caller: FunctionNode, value: ValueId, callee: FunctionNode): Values | null {
    if (definitionOf(caller, value)?.kind !== "parameter") return null;
    const found = [...this.pointsTo.valuesOf(caller, value)].filter(
      (each) => each.kind === "function" && each.function.closureIndex === callee.closureIndex,
    );
    return found.length === 0 ? null : new Set(found);
  }

  /** Receivers of the caller for which a member called on `this` is the callee. */
  private dispatching(
    caller: FunctionNode,
    { callee, receiver }: { readonly callee: ValueId; readonly receiver: ValueId | null },
    wanted: Values | null,
    target: FunctionNode,
  ): Values | null {
    const loaded = definitionOf(caller, callee);
    const name =
      loaded?.kind === "load" && loaded.object === receiver && loaded.property.kind === "name"
        ? loaded.property.name
        : null;
    return this.fewer(
      this.pointsTo.receiverNode(caller).values,
      (self) => (wanted?.has(self) ?? true) && (name === null || this.isMember(self, name, target)),
    );
  }

  private receiverOf(caller: FunctionNode, wanted: Values | null): Values | null {
    return wanted === null
      ? null
      : this.fewer(this.pointsTo.receiverNode(caller).values, (self) => wanted.has(self));
  }

  private isMember(self: AbstractValue, name: string, target: FunctionNode): boolean {
    const isTarget = (each: FunctionNode): boolean => each.closureIndex === target.closureIndex;
    if (
      (self.kind === "instance" || self.kind === "class") &&
      [...this.values.methods(self, name)].some(isTarget)
    )
      return true;
    const members = [
      ...this.pointsTo.fieldNode(self, name).values,
      ...this.pointsTo.fieldNode(self, "[]").values,
    ];
    return members.some((member) => member.kind === "function" && isTarget(member.function));
  }

  /** Those that fit, if they are some and not all. */
  private fewer(all: Values, fits: (value: AbstractValue) => boolean): Values | null {
    const told = [...all].filter(distinguishes);
    const kept = told.filter(fits);
    return kept.length === 0 || kept.length === told.length ? null : new Set(kept);
  }
}

/** The operand that is the function which a call hands over; null where it is a part of one. */
export function wholeOperand({ site, place }: CallbackEdge): ValueId | null {
  const [operand] = place.steps.length === 0 ? rootPlaces(site, place) : [];
  return operand === undefined || operand.base < 0 || operand.prefix.length > 0 ? null : operand.base;
}

function ofThese(all: Values, wanted: Values): Values | null {
  const kept = [...all].filter((each) => wanted.has(each) && distinguishes(each));
  return kept.length === 0 ? null : new Set(kept);
}

/** All that a value may be is known, and none of it is wanted. */
function isNoneOf(all: Values, wanted: Values | null): boolean {
  return (
    wanted !== null && all.size > 0 && ![...all].some((each) => wanted.has(each) || !distinguishes(each))
  );
}

/** Where a function that is a field of an object (`draw = () => this.shape`) has captured the object. */
export function ownSlot(pointsTo: PointsTo, callee: FunctionNode): number | null {
  const { parent, captures } = callee.graph;
  const maker = parent === null ? undefined : pointsTo.program.functionIn(callee, parent);
  const slot = captures.findIndex(({ name }) => name === "this");
  return maker?.graph.kind !== "field-initializer" || slot === -1 ? null : slot;
}

const unknown: Known = { receiver: null, parameters: new Map() };
