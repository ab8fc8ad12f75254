/**
 * Contexts: which functions and objects the parameters and the receiver of one run of a function are, where its
 * callers differ in it. `apply(seal, a)` and `apply(log, b)` run `apply` twice, so `b` does not meet `seal`.
 */
import type { ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { forMember } from "./member-constraints.js";
import type { CallEdge, CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

export interface Context {
  readonly key: string;
  readonly receiver: ReadonlySet<AbstractValue> | null;
  readonly parameters: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
  /** What the closure's slots hold, where its maker was told apart. */
  readonly slots: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
  /** Parameters with a default that the caller gives (all others it leaves out); null where that is not known. */
  readonly given: ReadonlySet<number> | null;
}

export const noContext: Context = {
  key: "",
  receiver: null,
  parameters: new Map(),
  slots: new Map(),
  given: null,
};

/** More contexts of one function than this are one. */
const mostContexts = 48;
const deepest = 8;

export class Contexts {
  private readonly known = new Map<number, Map<string, Context>>();
  private readonly members = new Map<string, ReadonlySet<FunctionNode>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** The context in which a caller's run enters a callee. */
  enter(caller: Context, edge: CallEdge): Context {
    const { instruction } = edge.site;
    const { callee } = edge;
    const parameters = new Map<number, ReadonlySet<AbstractValue>>();
    const slots =
      instruction.kind === "call"
        ? this.slotsAt(caller, edge)
        : new Map<number, ReadonlySet<AbstractValue>>();
    const given = this.givenAt(edge);
    let receiver: ReadonlySet<AbstractValue> | null = null;
    if (instruction.kind === "call" && edge.shape === "call") {
      if (instruction.receiver !== null)
        receiver = this.narrower(
          caller,
          edge.site.caller,
          instruction.receiver,
          this.pointsTo.receiverNode(callee).values,
        );
      instruction.arguments.forEach((argument, index) => {
        if (argument.spread) return;
        const narrowed = this.narrower(
          caller,
          edge.site.caller,
          argument.value,
          this.pointsTo.parameterNode(callee, index).values,
        );
        if (narrowed !== null) parameters.set(index, narrowed);
      });
      this.addKeys(caller, edge, parameters);
    } else if (instruction.kind === "call" && edge.shape === "construct") {
      instruction.arguments.forEach((argument, index) => {
        const narrowed = argument.spread
          ? null
          : this.narrower(
              caller,
              edge.site.caller,
              argument.value,
              this.pointsTo.parameterNode(callee, index).values,
            );
        if (narrowed !== null) parameters.set(index, narrowed);
      });
      const made = [...this.pointsTo.receiverNode(callee).values].filter(
        (value) => value.kind === "instance" && value.site === edge.site.id,
      );
      if (made.length > 0 && this.pointsTo.receiverNode(callee).values.size > 1) receiver = new Set(made);
    } else if (edge.shape === "super") receiver = caller.receiver;
    if (receiver === null && parameters.size === 0 && slots.size === 0 && given === null) return noContext;
    return this.intern(callee, { receiver, parameters, slots, given });
  }

  /** Constants handed to parameters that name properties: `pick(child, "team")` is not `pick(child, "email")`. */
  private addKeys(
    caller: Context,
    edge: CallEdge,
    parameters: Map<number, ReadonlySet<AbstractValue>>,
  ): void {
    const { instruction } = edge.site;
    if (instruction.kind !== "call" || instruction.arguments.some((argument) => argument.spread)) return;
    for (const index of this.keyParameters(edge.callee)) {
      if (parameters.has(index)) continue;
      const isRest = edge.callee.graph.parameters[index]?.rest === true;
      const given = isRest
        ? instruction.arguments.slice(index)
        : instruction.arguments.slice(index, index + 1);
      const constants = new Set<AbstractValue>();
      for (const argument of given) {
        const values = this.valuesIn(caller, edge.site.caller, argument.value, 0);
        if (values === null || [...values].some((value) => value.kind !== "constant")) return;
        for (const value of values) constants.add(value);
      }
      if (constants.size > 0) parameters.set(index, constants);
    }
  }

  private readonly keys = new Map<number, readonly number[]>();

  /** Parameters whose value (or an element of it) is used as a computed property name. */
  private keyParameters(callee: FunctionNode): readonly number[] {
    let found = this.keys.get(callee.index);
    if (found === undefined) {
      const set = new Set<number>();
      for (const instruction of callee.code) {
        if (!("property" in instruction) || instruction.property.kind !== "computed") continue;
        const index = parameterBehind(callee, instruction.property.value);
        if (index !== null) set.add(index);
      }
      found = [...set].sort((a, b) => a - b);
      this.keys.set(callee.index, found);
    }
    return found;
  }

  /** The constants that a property name may be in this context; null where that is no better than without. */
  constantsIn(context: Context, node: FunctionNode, value: ValueId): readonly string[] | null {
    if (context === noContext) return null;
    const values = this.valuesIn(context, node, value, 0);
    if (values === null || values === this.pointsTo.valuesOf(node, value)) return null;
    const texts = [...values].flatMap((each) => (each.kind === "constant" ? [String(each.value)] : []));
    return texts.length === values.size && texts.length > 0 ? texts : null;
  }

  /** Which parameters with a default get an argument here, for functions that have such. */
  private givenAt(edge: CallEdge): ReadonlySet<number> | null {
    const { instruction } = edge.site;
    if (instruction.kind !== "call" && instruction.kind !== "super-call") return null;
    if (
      !/^(?:call|construct|super)$/u.test(edge.shape) ||
      !hasDefaults(edge.callee) ||
      instruction.arguments.some((argument) => argument.spread)
    )
      return null;
    const given = new Set<number>();
    instruction.arguments.forEach((argument, index) => {
      const values = this.pointsTo.valuesOf(edge.site.caller, argument.value);
      if (![...values].some((value) => value.kind === "constant" && value.value === undefined))
        given.add(index);
    });
    return instruction.arguments.some(
      (argument, index) => !given.has(index) && mayBeDefined(this.pointsTo, edge.site.caller, argument.value),
    )
      ? null
      : given;
  }

  /** The context of a closure that a call hands over, by what its slots hold in this run. */
  enterCallback(caller: Context, node: FunctionNode, value: ValueId, callee: FunctionNode): Context {
    if (callee.graph.captures.length === 0) return noContext;
    const slots = this.narrowerSlots(callee, this.closuresOf(caller, node, value, 0));
    return slots.size === 0
      ? noContext
      : this.intern(callee, { receiver: null, parameters: new Map(), slots, given: null });
  }

  private narrowerSlots(
    callee: FunctionNode,
    closures: readonly Closure[] | null,
  ): Map<number, ReadonlySet<AbstractValue>> {
    const slots = new Map<number, ReadonlySet<AbstractValue>>();
    const made = closures?.filter((closure) => closure.function === callee) ?? [];
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
    });
    return slots;
  }

  /** What the slots of the called closure hold, if the call that made it can be seen from here. */
  private slotsAt(caller: Context, edge: CallEdge): Map<number, ReadonlySet<AbstractValue>> {
    const { instruction } = edge.site;
    if (instruction.kind !== "call" || edge.callee.graph.captures.length === 0 || edge.shape !== "call")
      return new Map();
    return this.narrowerSlots(edge.callee, this.closuresOf(caller, edge.site.caller, instruction.callee, 0));
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
        const made = this.pointsTo.program.functionOf(node.file, instruction.function);
        if (made === undefined) return null;
        const slots = new Map<number, ReadonlySet<AbstractValue>>();
        instruction.captures.forEach((captured, slot) => {
          const values = this.valuesIn(context, node, captured, depth + 1);
          if (values !== null) slots.set(slot, values);
        });
        return [{ function: made, slots }];
      }
      case "cell-read":
        return this.allClosures(
          this.cellWriters(node, instruction.cell).map(([owner, written]) =>
            this.closuresOf(noContext, owner, written, depth + 1),
          ),
        );
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        if (site === undefined || site.foreign.size > 0 || site.edges.size === 0) return null;
        return this.allClosures(
          [...site.edges.values()]
            .filter((edge) => this.allows(context, site, edge))
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

  private readonly shallow = new Map<string, Context>();

  private enterShallow(context: Context, edge: CallEdge, depth: number): Context {
    if (depth > 4) return noContext;
    const key = `${context.key}|${edge.site.id}|${String(edge.callee.index)}|${edge.shape}`;
    let found = this.shallow.get(key);
    if (found === undefined) {
      this.shallow.set(key, noContext);
      found = this.enter(context, edge);
      this.shallow.set(key, found);
    }
    return found;
  }

  private allClosures(lists: readonly (readonly Closure[] | null)[]): readonly Closure[] | null {
    return lists.length === 0 || lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
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

  private intern(
    callee: FunctionNode,
    { receiver, parameters, slots, given }: Omit<Context, "key">,
  ): Context {
    const ids = (values: ReadonlySet<AbstractValue>): string =>
      [...values]
        .map((value) => value.id)
        .sort((a, b) => a - b)
        .join(",");
    const key = `${receiver === null ? "" : ids(receiver)};${[...parameters].map(([index, values]) => `${String(index)}=${ids(values)}`).join(";")};${[...slots].map(([slot, values]) => `${String(slot)}=${ids(values)}`).join(";")};${given === null ? "" : [...given].join(",")}`;
    let row = this.known.get(callee.index);
    if (row === undefined) {
      row = new Map();
      this.known.set(callee.index, row);
    }
    const found = row.get(key);
    if (found !== undefined) return found;
    if (row.size >= mostContexts) return noContext;
    const context: Context = { key, receiver, parameters, slots, given };
    row.set(key, context);
    return context;
  }

  /** The callable or object values of an operand, if they are fewer than what all callers together hand over. */
  private narrower(
    caller: Context,
    node: FunctionNode,
    value: ValueId,
    all: ReadonlySet<AbstractValue>,
  ): ReadonlySet<AbstractValue> | null {
    const wanted = [...all].filter(distinguishes);
    if (wanted.length < 2) return null;
    const own = this.valuesIn(caller, node, value, 0);
    if (own === null) return null;
    const kept = [...own].filter(distinguishes);
    return kept.length === 0 || kept.length >= wanted.length ? null : new Set(kept);
  }

  /** What a value may be in a context; null where nothing is known. */
  private valuesIn(
    context: Context,
    node: FunctionNode,
    value: ValueId,
    depth: number,
  ): ReadonlySet<AbstractValue> | null {
    const all = this.pointsTo.valuesOf(node, value);
    if (context === noContext || depth > deepest) return all.size === 0 ? null : all;
    const definition = node.definitions[value];
    if (definition?.kind === "instruction") {
      const { instruction } = definition;
      switch (instruction.kind) {
        case "declare":
        case "cast":
        case "await":
          return this.valuesIn(context, node, instruction.value, depth + 1);
        case "this":
          return context.receiver ?? (all.size === 0 ? null : all);
        case "capture":
          return context.slots.get(instruction.slot) ?? (all.size === 0 ? null : all);
        case "parameter":
          return context.parameters.get(instruction.index) ?? (all.size === 0 ? null : all);
        case "iterate": {
          const objects = this.valuesIn(context, node, instruction.object, depth + 1);
          if (objects === null || objects === this.pointsTo.valuesOf(node, instruction.object)) break;
          const elements = [...objects].flatMap((object) =>
            object.kind === "constant" ? [object] : [...this.pointsTo.fieldNode(object, "*").values],
          );
          return elements.length === 0 ? null : new Set(elements);
        }
        case "load": {
          if (instruction.property.kind !== "name") break;
          const objects = this.valuesIn(context, node, instruction.object, depth + 1);
          if (objects === null || objects === this.pointsTo.valuesOf(node, instruction.object)) break;
          return this.fieldValues(objects, instruction.property.name);
        }
        default:
          break;
      }
    }
    return all.size === 0 ? null : all;
  }

  private fieldValues(objects: ReadonlySet<AbstractValue>, name: string): ReadonlySet<AbstractValue> | null {
    const found = new Set<AbstractValue>();
    for (const object of objects) {
      if (object.kind === "foreign") return null;
      for (const value of this.pointsTo.fieldNode(object, name).values) found.add(value);
      for (const value of this.pointsTo.fieldNode(object, "[]").values) found.add(value);
      if (object.kind === "instance" || object.kind === "class") {
        for (const method of this.methods(object, name)) found.add(this.pointsTo.values.function(method));
      }
    }
    return found.size === 0 ? null : found;
  }

  private methods(
    object: Extract<AbstractValue, { kind: "instance" | "class" }>,
    name: string,
  ): ReadonlySet<FunctionNode> {
    const key = `${object.kind}:${String(object.class.index)}.${name}`;
    let found = this.members.get(key);
    if (found === undefined) {
      const functions = new Set<FunctionNode>();
      forMember(this.pointsTo, object.class, name, object.kind === "class", (member) => {
        if (member.function !== null) functions.add(member.function);
      });
      found = functions;
      this.members.set(key, found);
    }
    return found;
  }

  /** May this edge be taken in this context? */
  allows(context: Context, site: CallSite, edge: CallEdge): boolean {
    const { instruction } = site;
    if (context === noContext) return true;
    if (instruction.kind === "load" || instruction.kind === "store")
      return this.allowsAccessor(context, site, edge, instruction.object);
    if (instruction.kind !== "call" || edge.shape !== "call") return true;
    const callees = this.valuesIn(context, site.caller, instruction.callee, 0);
    if (callees === null || callees === this.pointsTo.valuesOf(site.caller, instruction.callee)) return true;
    return [...callees].some((value) => value.kind === "function" && value.function === edge.callee);
  }

  private allowsAccessor(context: Context, site: CallSite, edge: CallEdge, object: ValueId): boolean {
    const objects = this.valuesIn(context, site.caller, object, 0);
    if (objects === null || edge.callee.graph.class === null) return true;
    const name = edge.callee.graph.name.slice(edge.callee.graph.name.lastIndexOf(".") + 1);
    return [...objects].some((value) =>
      value.kind === "instance" || value.kind === "class" ? this.methods(value, name).has(edge.callee) : true,
    );
  }
}

/** The parameter that a value is, or is an element of. */
function parameterBehind(node: FunctionNode, value: ValueId): number | null {
  let current = value;
  for (let hops = 0; hops < 6; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "parameter") return instruction.index;
    if (instruction.kind === "declare" || instruction.kind === "cast") current = instruction.value;
    else if (instruction.kind === "iterate") current = instruction.object;
    else return null;
  }
  return null;
}

interface Closure {
  readonly function: FunctionNode;
  readonly slots: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
}

function hasDefaults(callee: FunctionNode): boolean {
  return callee.graph.blocks.some((block) => {
    if (block.end.kind !== "branch" || block.end.test !== "defined") return false;
    const definition = callee.definitions[block.end.value];
    return definition?.kind === "instruction" && definition.instruction.kind === "parameter";
  });
}

/** `undefined` among other things: neither given nor left out for certain. */
function mayBeDefined(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const values = [...pointsTo.valuesOf(node, value)];
  const definition = node.definitions[value];
  return (
    values.some((each) => each.kind !== "constant" || each.value !== undefined) ||
    definition?.kind !== "instruction" ||
    definition.instruction.kind !== "constant"
  );
}

function distinguishes(value: AbstractValue): boolean {
  return (
    value.kind === "function" ||
    value.kind === "object" ||
    value.kind === "instance" ||
    value.kind === "class" ||
    value.kind === "bound"
  );
}
