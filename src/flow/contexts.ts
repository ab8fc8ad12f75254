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
}

export const noContext: Context = { key: "", receiver: null, parameters: new Map() };

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
    let receiver: ReadonlySet<AbstractValue> | null = null;
    if (instruction.kind === "call" && edge.shape === "call") {
      if (instruction.receiver !== null) receiver = this.narrower(caller, edge.site.caller, instruction.receiver, this.pointsTo.receiverNode(callee).values);
      instruction.arguments.forEach((argument, index) => {
        if (argument.spread) return;
        const narrowed = this.narrower(caller, edge.site.caller, argument.value, this.pointsTo.parameterNode(callee, index).values);
        if (narrowed !== null) parameters.set(index, narrowed);
      });
    } else if (instruction.kind === "call" && edge.shape === "construct") {
      instruction.arguments.forEach((argument, index) => {
        const narrowed = argument.spread ? null : this.narrower(caller, edge.site.caller, argument.value, this.pointsTo.parameterNode(callee, index).values);
        if (narrowed !== null) parameters.set(index, narrowed);
      });
      const made = [...this.pointsTo.receiverNode(callee).values].filter((value) => value.kind === "instance" && value.site === edge.site.id);
      if (made.length > 0 && this.pointsTo.receiverNode(callee).values.size > 1) receiver = new Set(made);
    } else if (edge.shape === "super") receiver = caller.receiver;
    if (receiver === null && parameters.size === 0) return noContext;
    return this.intern(callee, receiver, parameters);
  }

  private intern(callee: FunctionNode, receiver: ReadonlySet<AbstractValue> | null, parameters: ReadonlyMap<number, ReadonlySet<AbstractValue>>): Context {
    const ids = (values: ReadonlySet<AbstractValue>): string => [...values].map((value) => value.id).sort((a, b) => a - b).join(",");
    const key = `${receiver === null ? "" : ids(receiver)};${[...parameters].map(([index, values]) => `${String(index)}=${ids(values)}`).join(";")}`;
    let row = this.known.get(callee.index);
    if (row === undefined) {
      row = new Map();
      this.known.set(callee.index, row);
    }
    const found = row.get(key);
    if (found !== undefined) return found;
    if (row.size >= mostContexts) return noContext;
    const context: Context = { key, receiver, parameters };
    row.set(key, context);
    return context;
  }

  /** The callable or object values of an operand, if they are fewer than what all callers together hand over. */
  private narrower(caller: Context, node: FunctionNode, value: ValueId, all: ReadonlySet<AbstractValue>): ReadonlySet<AbstractValue> | null {
    const wanted = [...all].filter(distinguishes);
    if (wanted.length < 2) return null;
    const own = this.valuesIn(caller, node, value, 0);
    if (own === null) return null;
    const kept = [...own].filter(distinguishes);
    return kept.length === 0 || kept.length >= wanted.length ? null : new Set(kept);
  }

  /** What a value may be in a context; null where nothing is known. */
  private valuesIn(context: Context, node: FunctionNode, value: ValueId, depth: number): ReadonlySet<AbstractValue> | null {
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
        case "parameter":
          return context.parameters.get(instruction.index) ?? (all.size === 0 ? null : all);
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

  private methods(object: Extract<AbstractValue, { kind: "instance" | "class" }>, name: string): ReadonlySet<FunctionNode> {
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
    if (instruction.kind === "load" || instruction.kind === "store") return this.allowsAccessor(context, site, edge, instruction.object);
    if (instruction.kind !== "call" || edge.shape !== "call") return true;
    const callees = this.valuesIn(context, site.caller, instruction.callee, 0);
    if (callees === null || callees === this.pointsTo.valuesOf(site.caller, instruction.callee)) return true;
    return [...callees].some((value) => value.kind === "function" && value.function === edge.callee);
  }

  private allowsAccessor(context: Context, site: CallSite, edge: CallEdge, object: ValueId): boolean {
    const objects = this.valuesIn(context, site.caller, object, 0);
    if (objects === null || edge.callee.graph.class === null) return true;
    const name = edge.callee.graph.name.slice(edge.callee.graph.name.lastIndexOf(".") + 1);
    return [...objects].some((value) => (value.kind === "instance" || value.kind === "class" ? this.methods(value, name).has(edge.callee) : true));
  }
}

function distinguishes(value: AbstractValue): boolean {
  return value.kind === "function" || value.kind === "object" || value.kind === "instance" || value.kind === "class" || value.kind === "bound";
}
