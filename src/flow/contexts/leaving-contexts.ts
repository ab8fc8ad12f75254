/**
 * The way back of what began inside a function: to every caller, but knowing how the function was reached. What
 * `NamedLetter.body` read comes out of `toText` (which calls `this.body()`) only where `toText` was called on a
 * `NamedLetter`.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes } from "../points-to/abstract-value.js";
import type { Context } from "./context.js";
import { hintOf } from "./given-by-language.js";
import { lacksArgument, leavesOut } from "./left-out.js";
import { iterates } from "./iterators-in-run.js";
import type { ContextValues } from "./context-values.js";
import { rootPlaces } from "../models/address-facts.js";
import { memberOfLiteral } from "../heap/literal-members.js";
import type { CallbackEdge, CallEdge, PointsTo } from "../points-to/points-to.js";
import { accessedObjects, writtenShift } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { isUnseenFunction } from "../points-to/unseen-functions.js";
import { definitionOf } from "../paths/value-places.js";

type Values = ReadonlySet<AbstractValue>;
/** What is known of the run of a caller. */
export type Known = Pick<Context, "receiver" | "parameters" | "slots">;
/** A value of the caller, and what it was in the run that something leaves. */
type Handed = readonly [ValueId, Values | null];

export class LeavingContexts {
  /** What was said, by the call and the callee's context: each is asked for every fact that comes back. */
  private readonly callers = new Map<CallEdge, Map<Context, Known | null>>();
  private readonly membership = new Map<AbstractValue, Map<string, Map<number, boolean>>>();
  private readonly unseen = new Map<FunctionNode, Map<number, boolean>>();
  private readonly omitted = new Map<FunctionNode, Map<number, boolean>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** What a run of the callee in a context says of the caller's run; null: this call cannot have started it. */
  callerOf(context: Context, edge: CallEdge): Known | null {
    let ofEdge = this.callers.get(edge);
    if (ofEdge === undefined) this.callers.set(edge, (ofEdge = new Map<Context, Known | null>()));
    let known = ofEdge.get(context);
    if (known === undefined) ofEdge.set(context, (known = this.findCaller(context, edge)));
    return known;
  }

  private findCaller(context: Context, edge: CallEdge): Known | null {
    const { site, callee, shape } = edge;
    const { caller, instruction } = site;
    if (shape === "construct" && context.receiver !== null)
      return [...context.receiver].some((self) => self.kind !== "instance" || self.site === site.id)
        ? unknown
        : null;
    if (shape === "super" || isOfSuper(edge)) {
      const all = this.pointsTo.receiverNode(caller).values;
      if (isNoneOf(all, context.receiver)) return null;
      const own = context.receiver;
      return own === null ? unknown : { ...unknown, receiver: this.fewer(all, (self) => own.has(self)) };
    }
    const hint = hintOf(this.pointsTo, edge);
    if (hint !== null && context.parameters.get(0)?.has(hint) === false) return null;
    const accessed = accessedObjects(this.pointsTo, edge);
    if (shape === "next") {
      const [iterated] = accessedObjects(this.pointsTo, { ...edge, shape: "iterate" });
      return iterated === undefined ? unknown : this.callerOfIterator(context, edge, iterated);
    }
    if (accessed.length > 0) return this.callerOfAccessor(context, edge, accessed);
    if (instruction.kind === "jsx") {
      const props = context.parameters.get(0) ?? null;
      if (this.excludes(caller, instruction.props, props)) return null;
      return this.known(caller, [[instruction.props, props]]);
    }
    const shift = writtenShift(edge);
    if (instruction.kind !== "call" || shift === null) return unknown;
    const handed: Handed[] = [
      [instruction.callee, this.functionsOf(caller, instruction.callee, callee)],
      ...capturedAt(caller, instruction.callee, context, callee),
    ];
    const name = memberCalled(caller, instruction);
    if (instruction.receiver !== null) {
      handed.push([instruction.receiver, this.thoseWith(name, instruction.receiver, context.receiver, edge)]);
      const own = ownSlot(this.pointsTo, callee);
      if (own !== null) handed.push([instruction.receiver, context.slots.get(own) ?? null]);
    }
    instruction.arguments.forEach((argument, index) => {
      const wanted = context.parameters.get(index + shift);
      if (wanted !== undefined && !argument.spread) handed.push([argument.value, wanted]);
    });
    if (handed.some(([value, wanted]) => this.excludes(caller, value, wanted))) return null;
    if (leavesOut(edge, shift, context.parameters)) return null;
    if (this.isOfNone(name, instruction.receiver, context.receiver, edge)) return null;
    return this.known(caller, handed);
  }

  /** `card.title` runs the accessor of what `card` is: one of those whose accessor this is. */
  private callerOfAccessor(context: Context, edge: CallEdge, objects: readonly ValueId[]): Known | null {
    const { caller, instruction } = edge.site;
    if (objects.every((each) => this.excludes(caller, each, context.receiver))) return null;
    const [object, ...others] = objects;
    if (object === undefined || others.length > 0) return unknown;
    if (edge.shape === "iterate") return this.callerOfIterator(context, edge, object);
    const name =
      (instruction.kind === "load" || instruction.kind === "store") && instruction.property.kind === "name"
        ? instruction.property.name
        : null;
    if (this.isOfNone(name, object, context.receiver, edge)) return null;
    return this.known(caller, [[object, this.thoseWith(name, object, context.receiver, edge)]]);
  }

  /** `for (const one of source)` runs the iterator of what `source` is: one of those whose iterator this is. */
  private callerOfIterator(context: Context, edge: CallEdge, object: ValueId): Known | null {
    const { caller } = edge.site;
    if (!isHandedOver(definitionOf(caller, object))) return unknown;
    const all = this.pointsTo.valuesOf(caller, object);
    const wanted = edge.shape === "iterate" ? context.receiver : null;
    const fits = (each: AbstractValue): boolean =>
      (wanted?.has(each) ?? true) && iterates(this.pointsTo, this.values, each, edge);
    return this.known(caller, [[object, this.fewer(all, fits) ?? wanted]]);
  }

  /** The objects that it ran on have another member under the name. */
  private isOfNone(
    name: string | null,
    object: ValueId | null,
    wanted: Values | null,
    { site: { caller }, callee }: CallEdge,
  ): boolean {
    if (name === null || object === null || wanted === null) return false;
    const all = [...this.pointsTo.valuesOf(caller, object)];
    return (
      all.length > 0 &&
      all.every((self) => distinguishes(self) && !(wanted.has(self) && this.isMember(self, name, callee)))
    );
  }

  /** Of what a value may be that the caller was handed: those whose member of the name is what ran. */
  private thoseWith(
    name: string | null,
    object: ValueId,
    wanted: Values | null,
    { site: { caller }, callee }: CallEdge,
  ): Values | null {
    const origin = definitionOf(caller, object);
    if (name === null || !isHandedOver(origin)) return wanted;
    const all = this.pointsTo.valuesOf(caller, object);
    const fits = (self: AbstractValue): boolean =>
      (wanted?.has(self) ?? true) && this.isMember(self, name, callee);
    const isOmitted = wanted === null && origin.kind === "parameter" && this.isOmitted(caller, origin.index);
    return this.fewer(all, fits) ?? (isOmitted ? new Set([...all].filter(fits)) : wanted);
  }

  /** The same of a function that a call handed over. */
  callerOfCallback(context: Context, edge: CallbackEdge): Known {
    const { caller } = edge.site;
    const operand = wholeOperand(edge);
    return operand === null
      ? unknown
      : this.known(caller, [
          [operand, this.functionsOf(caller, operand, edge.callee)],
          ...capturedAt(caller, operand, context, edge.callee),
        ]);
  }

  private known(caller: FunctionNode, handed: readonly Handed[]): Known {
    let receiver: Values | null = null;
    const parameters = new Map<number, Values>();
    const slots = new Map<number, Values>();
    for (const [value, wanted] of handed) {
      const origin = definitionOf(caller, value);
      if (wanted === null || !isHandedOver(origin)) continue;
      const all = this.pointsTo.valuesOf(caller, value);
      const kept = this.fewer(all, (each) => wanted.has(each));
      if (origin.kind === "this") receiver = kept ?? receiver;
      else if (origin.kind === "capture") {
        if (kept !== null) slots.set(origin.slot, kept);
      } else {
        const isTold = this.takesUnseen(caller, origin.index) || this.isOmitted(caller, origin.index);
        const told = kept ?? (isTold ? ofThese(all, wanted) : null);
        if (told !== null) parameters.set(origin.index, told);
      }
    }
    return receiver === null && parameters.size === 0 && slots.size === 0
      ? unknown
      : { receiver, parameters, slots };
  }

  /** Some calls leave the parameter out. */
  private isOmitted(node: FunctionNode, index: number): boolean {
    const ofNode = this.omitted.get(node) ?? new Map<number, boolean>();
    this.omitted.set(node, ofNode);
    let isOmitted = ofNode.get(index);
    if (isOmitted === undefined) {
      isOmitted = this.pointsTo
        .callersOf(node)
        .some(({ shape, site: { instruction } }) => shape === "call" && lacksArgument(instruction, index));
      ofNode.set(index, isOmitted);
    }
    return isOmitted;
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

  /** Also of what has no such member that is seen: it may have one from elsewhere. */
  private isMember(self: AbstractValue, name: string, target: FunctionNode, depth = 0): boolean {
    let byName = this.membership.get(self);
    if (byName === undefined) this.membership.set(self, (byName = new Map<string, Map<number, boolean>>()));
    let byTarget = byName.get(name);
    if (byTarget === undefined) byName.set(name, (byTarget = new Map<number, boolean>()));
    let is = byTarget.get(target.closureIndex);
    if (is === undefined) {
      is = this.findMember(self, name, target, depth);
      byTarget.set(target.closureIndex, is);
    }
    return is;
  }

  private findMember(self: AbstractValue, name: string, target: FunctionNode, depth: number): boolean {
    const isTarget = (each: FunctionNode): boolean => each.closureIndex === target.closureIndex;
    const methods =
      self.kind === "instance" || self.kind === "class" ? [...this.values.methods(self, name)] : [];
    if (methods.some(isTarget)) return true;
    const members = ["", "get ", "set "].flatMap((kind) => [
      ...this.pointsTo.fieldNode(self, `${kind}${name}`).values,
    ]);
    members.push(...this.pointsTo.fieldNode(self, "[]").values);
    if (methods.length === 0 && members.length === 0) {
      if (memberOfLiteral(this.pointsTo, self, name) === "absent") return false;
      const above = [...this.pointsTo.prototypeNode(self).values];
      if (above.length === 0 || depth > deepest) return self.kind === "object";
      return above.some((each) => this.isMember(each, name, target, depth + 1));
    }
    return members.some((member) => member.kind === "function" && isTarget(member.function));
  }

  /** Those that fit, if they are some and not all. */
  private fewer(all: Values, fits: (value: AbstractValue) => boolean): Values | null {
    const told = [...all].filter(distinguishes);
    const kept = told.filter(fits);
    return kept.length === 0 || kept.length === told.length ? null : new Set(kept);
  }
}

/** The name under which a call finds its callee in its receiver; null where it finds it otherwise. */
function memberCalled(
  caller: FunctionNode,
  { callee, receiver }: { readonly callee: ValueId; readonly receiver: ValueId | null },
): string | null {
  const loaded = definitionOf(caller, callee);
  return loaded?.kind === "load" && loaded.object === receiver && loaded.property.kind === "name"
    ? loaded.property.name
    : null;
}

/** What whoever runs the function decides: its object, what it was given, what it has captured. */
function isHandedOver(
  origin: Instruction | null,
): origin is InstructionOf<"this"> | InstructionOf<"parameter"> | InstructionOf<"capture"> {
  return origin !== null && /^(?:this|parameter|capture)$/u.test(origin.kind);
}

/** `super.title` of a getter. */
function isOfSuper({ shape, site: { instruction } }: CallEdge): boolean {
  return shape === "getter" && instruction.kind === "super-load";
}

/** What a function that the caller made itself has captured there. */
function capturedAt(caller: FunctionNode, value: ValueId, context: Context, callee: FunctionNode): Handed[] {
  const made = definitionOf(caller, value);
  if (made?.kind !== "function" || made.function !== callee.graph.id) return [];
  return [...context.slots].flatMap(([slot, wanted]): Handed[] => {
    const captured = made.captures[slot];
    return captured === undefined ? [] : [[captured, wanted]];
  });
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

/** Prototypes above one another that are asked. */
const deepest = 8;
const unknown: Known = { receiver: null, parameters: new Map(), slots: new Map() };
