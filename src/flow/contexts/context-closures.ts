/** Closures of one run: what the slots of a called or handed over function hold, where its maker is seen. */
import { operandsAt } from "../models/address-values.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes } from "../points-to/abstract-value.js";
import { heldInSlot } from "../program/captured-from.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { deepest } from "./context-values.js";
import type { ContextValues } from "./context-values.js";
import { ownSlot } from "./leaving-contexts.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { writtenShift } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";

interface Closure {
  readonly function: FunctionNode;
  readonly slots: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
  /** Slots that hold constants, and nothing else in this run. */
  readonly constants: ReadonlySet<number>;
}

/** Told by `Contexts`: which calls a run takes, and in which context it takes them. */
export interface ContextualCalls {
  readonly enter: (caller: Context, edge: CallEdge) => Context;
  readonly allows: (context: Context, site: CallSite, edge: CallEdge) => boolean;
}

export class ContextClosures {
  private readonly shallow = new Map<string, Context>();
  private writersOfBoxes: Map<AbstractValue, (readonly [FunctionNode, ValueId])[]> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
    private readonly calls: ContextualCalls,
  ) {}

  /** What the slots of the called closure hold, if the call that made it can be seen from here. */
  slotsAt(caller: Context, edge: CallEdge): Map<number, ReadonlySet<AbstractValue>> {
    const { instruction } = edge.site;
    if (instruction.kind !== "call" || edge.callee.graph.captures.length === 0 || writtenShift(edge) === null)
      return new Map();
    const slots = this.narrowerSlots(
      edge.callee,
      this.closuresOf(caller, edge.site.caller, instruction.callee, 0),
    );
    if (slots.size === 0 && instruction.receiver !== null)
      this.addOwnObject(
        slots,
        edge.callee,
        this.values.valuesIn(caller, edge.site.caller, instruction.receiver),
      );
    return slots;
  }

  /** A function that is a field of an object (`toArray = () => [...this]`) has captured the object it is called on. */
  private addOwnObject(
    slots: Map<number, ReadonlySet<AbstractValue>>,
    callee: FunctionNode,
    objects: ReadonlySet<AbstractValue> | null,
  ): void {
    const slot = ownSlot(this.pointsTo, callee);
    if (slot === null || objects === null) return;
    const all = [...this.pointsTo.slotNode(callee, slot).values].filter(distinguishes);
    const own = all.filter((value) => objects.has(value));
    if (own.length > 0 && own.length < all.length) slots.set(slot, new Set(own));
  }

  /** The same for a closure that a call hands over. */
  slotsOfCallback(
    caller: Context,
    node: FunctionNode,
    value: ValueId,
    callee: FunctionNode,
  ): Map<number, ReadonlySet<AbstractValue>> {
    return this.narrowerSlots(callee, this.closuresOf(caller, node, value, 0));
  }

  private narrowerSlots(
    callee: FunctionNode,
    closures: readonly Closure[] | null,
  ): Map<number, ReadonlySet<AbstractValue>> {
    const slots = new Map<number, ReadonlySet<AbstractValue>>();
    const made = closures?.filter((closure) => closure.function.closureIndex === callee.closureIndex) ?? [];
    if (made.length === 0) return slots;
    callee.graph.captures.forEach((_, slot) => {
      const all = [...this.pointsTo.slotNode(callee, slot).values].filter(distinguishes);
      const own = new Set<AbstractValue>();
      for (const closure of made) {
        const values = closure.slots.get(slot);
        if (values === undefined) return;
        for (const value of values) if (distinguishes(value)) own.add(value);
      }
      if (own.size > 0 && own.size < all.length) slots.set(slot, own);
      else if (own.size === 0 && made.every(({ constants }) => constants.has(slot)))
        slots.set(slot, new Set(made.flatMap((closure) => [...(closure.slots.get(slot) ?? [])])));
    });
    return slots;
  }

  /** The closures a value may be, with what their slots hold; null where that is not seen. */
  private closuresOf(
    context: Context,
    node: FunctionNode,
    value: ValueId,
    depth: number,
  ): readonly Closure[] | null {
    const definition = node.definitions[value];
    if (depth > deepest || definition === undefined) return null;
    if (definition.kind === "phi")
      return this.allClosures(
        definition.phi.inputs.map((input) => this.closuresOf(context, node, input.value, depth + 1)),
      );
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.closuresOf(context, node, instruction.value, depth + 1);
      case "function": {
        const made = this.pointsTo.program.functionIn(node, instruction.function);
        if (made === undefined) return null;
        const slots = new Map<number, ReadonlySet<AbstractValue>>();
        const constants = new Set<number>();
        instruction.captures.forEach((captured, slot) => {
          const values = this.values.valuesIn(context, node, captured, depth + 1);
          if (values === null) return;
          slots.set(slot, values);
          if (this.areConstants(context, node, captured, values)) constants.add(slot);
        });
        return [{ function: made, slots, constants }];
      }
      case "capture": {
        // The run of the function around is not known: what it may be in any of them.
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? null : this.closuresOf(noContext, held.node, held.value, depth + 1);
      }
      case "box-read":
        return this.allClosures(
          this.boxWriters(node, instruction.box).map(([owner, written]) =>
            this.closuresOf(noContext, owner, written, depth + 1),
          ),
        );
      case "cell-read":
        return this.allClosures(
          this.cellWriters(node, instruction.cell).map(([owner, written]) =>
            this.closuresOf(noContext, owner, written, depth + 1),
          ),
        );
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        if (site === undefined) return null;
        if (site.foreign.size > 0) {
          const same = site.edges.size > 0 ? null : givenBack(this.pointsTo, site);
          return same === null ? null : this.closuresOf(context, node, same, depth + 1);
        }
        if (site.edges.size === 0) return null;
        return this.allClosures(
          [...site.edges.values()]
            .filter((edge) => this.calls.allows(context, site, edge))
            .flatMap((edge) => {
              const inner = this.enterShallow(context, edge, depth);
              return edge.callee.graph.blocks.flatMap((block) =>
                block.end.kind === "return" && block.end.value !== null
                  ? [this.closuresOf(inner, edge.callee, block.end.value, depth + 1)]
                  : [],
              );
            }),
        );
      }
      default:
        return null;
    }
  }

  private areConstants(
    context: Context,
    node: FunctionNode,
    value: ValueId,
    values: ReadonlySet<AbstractValue>,
  ): boolean {
    return (
      context !== noContext &&
      [...values].every(({ kind }) => kind === "constant") &&
      areAllKnown(this.pointsTo, context, node, value)
    );
  }

  private enterShallow(context: Context, edge: CallEdge, depth: number): Context {
    if (depth > 4) return noContext;
    const key = `${context.key}|${edge.site.id}|${String(edge.callee.index)}|${edge.shape}`;
    let found = this.shallow.get(key);
    if (found === undefined) {
      this.shallow.set(key, noContext);
      found = this.calls.enter(context, edge);
      this.shallow.set(key, found);
    }
    return found;
  }

  private allClosures(lists: readonly (readonly Closure[] | null)[]): readonly Closure[] | null {
    return lists.length === 0 || lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
  }

  /** What is written into a variable that closures share, whoever does; that it was nothing at first is no closure. */
  private boxWriters(node: FunctionNode, box: ValueId): readonly (readonly [FunctionNode, ValueId])[] {
    if (this.writersOfBoxes === null) {
      this.writersOfBoxes = new Map();
      for (const writer of this.pointsTo.program.functions)
        for (const each of writer.code) {
          if (each.kind !== "box-write" || isConstant(writer, each.value)) continue;
          for (const written of this.pointsTo.valuesOf(writer, each.box)) {
            const known = this.writersOfBoxes.get(written);
            if (known === undefined) this.writersOfBoxes.set(written, [[writer, each.value]]);
            else known.push([writer, each.value]);
          }
        }
    }
    const writers = this.writersOfBoxes;
    return [...this.pointsTo.valuesOf(node, box)].flatMap((each) => writers.get(each) ?? []);
  }

  private cellWriters(node: FunctionNode, cell: string): (readonly [FunctionNode, ValueId])[] {
    const owner = this.pointsTo.program.moduleOf(node.file);
    if (owner === undefined) return [];
    const writers = this.pointsTo.program.functions.filter((each) => each.file === node.file);
    return writers.flatMap((each) =>
      each.code.flatMap((instruction) =>
        instruction.kind === "cell-write" && instruction.cell === cell
          ? [[each, instruction.value] as const]
          : [],
      ),
    );
  }
}

/** The argument that a package's call gives back as it is (`useCallback(run)`), as models say. */
function givenBack(pointsTo: PointsTo, site: CallSite): ValueId | null {
  const given = new Set<ValueId | null>();
  for (const callee of site.foreign)
    for (const { model } of selectModels(pointsTo, site, callee))
      for (const role of model.roles)
        if (role.kind === "type" && role.output.root.kind === "return" && role.output.steps.length === 0) {
          const isSame = typeof role.type !== "string" && role.type.steps.length === 0;
          const [value = null] = isSame && typeof role.type !== "string" ? operandsAt(site, role.type) : [];
          given.add(value);
        }
  const [only = null] = given;
  return given.size === 1 ? only : null;
}

function isConstant(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[value];
  return definition?.kind === "instruction" && definition.instruction.kind === "constant";
}
