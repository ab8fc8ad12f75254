/**
 * Literals of which it is seen that nobody changes them after they were made, by the way below them: the state that a
 * store begins with, when every new state is a copy. What they hold was put in while they were made and is followed
 * from there, so what somebody writes below another name that may mean them lies in another object.
 */
import type { Instruction, PropertyName, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isElement } from "../points-to/alias-names.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { operandsAt } from "../models/address-values.js";
import { operandsOfSite } from "../models/site-operands.js";
import { receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";

const known = new WeakMap<PointsTo, SteadyLiterals>();

export function steadyLiterals(pointsTo: PointsTo): SteadyLiterals {
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = new SteadyLiterals(pointsTo)));
  return found;
}

/** Ways below a literal that are followed. */
const deepest = 4;
const making: ReadonlySet<Instruction["kind"]> = new Set(["object", "array", "object-rest", "array-rest"]);

export class SteadyLiterals {
  /** By object: the properties that somebody writes; null stands for any. */
  private readonly written = new Map<AbstractValue, Set<string> | null>();
  /** Properties that are written in an object of which it is not known which it is. */
  private readonly anywhere = new Set<string>();
  private isAnyWritten = false;

  constructor(private readonly pointsTo: PointsTo) {
    this.isAnyWritten = pointsTo.graph.isSpent;
    for (const node of pointsTo.program.functions)
      for (const instruction of node.code) this.note(node, instruction);
    for (const site of pointsTo.sites.values()) this.noteCall(site);
  }

  /** What lies below a value of a function may have been put there by somebody who had it under another name. */
  mayBeGiven(node: FunctionNode, base: Base, components: readonly string[]): boolean {
    if (this.isAnyWritten) return true;
    if (base < 0 && base !== receiver) return true;
    const place = base === receiver ? this.pointsTo.receiverNode(node) : this.pointsTo.valueNode(node, base);
    return this.mayOneBeGiven(place, components, 0);
  }

  private mayOneBeGiven(place: PointerNode, components: readonly string[], depth: number): boolean {
    if (place.isFull || place.isEmpty) return true;
    const objects = place.list.filter(({ kind }) => kind !== "constant" && kind !== "computed");
    return objects.some((object) => this.mayObjectBeGiven(object, components, depth));
  }

  private mayObjectBeGiven(object: AbstractValue, components: readonly string[], depth: number): boolean {
    const [first = "", ...rest] = components;
    if (object.kind !== "object" || !this.isLiteral(object.site) || !isProperty(first) || depth > deepest)
      return true;
    const name = isElement(first) ? "[]" : first;
    const written = this.written.get(object);
    if (written === null || written?.has(name) === true || this.anywhere.has(name)) return true;
    if (rest.length === 0) return false;
    const fields = this.pointsTo.fieldsOf(object);
    return [...fields].some(
      ([field, values]) =>
        (field === name || field === "*" || (name === "[]" && isElement(field))) &&
        this.mayOneBeGiven(values, rest, depth + 1),
    );
  }

  /** A literal of the program: all that it holds when it is made is written out there. */
  private isLiteral(site: string): boolean {
    const [index, point] = site.split(":");
    const instruction = this.pointsTo.program.functions[Number(index)]?.code[Number(point)];
    return instruction !== undefined && making.has(instruction.kind);
  }

  private note(node: FunctionNode, instruction: Instruction): void {
    switch (instruction.kind) {
      case "store":
        if (!isBeingMade(node, instruction.object))
          this.write(node, instruction.object, nameOf(instruction.property));
        break;
      case "copy-properties":
        if (!isBeingMade(node, instruction.target)) this.write(node, instruction.target, null);
        break;
      case "append-elements":
        if (!isBeingMade(node, instruction.target)) this.write(node, instruction.target, "[]");
        break;
      default:
        break;
    }
  }

  private write(node: FunctionNode, object: ValueId, name: string | null): void {
    const place = this.pointsTo.valueNode(node, object);
    if (place.isFull) {
      if (name === null) this.isAnyWritten = true;
      else this.anywhere.add(name);
    }
    for (const value of place.list) this.add(value, name);
  }

  private add(value: AbstractValue, name: string | null): void {
    const written = this.written.get(value);
    if (written === null) return;
    if (name === null) this.written.set(value, null);
    else if (written === undefined) this.written.set(value, new Set([name]));
    else written.add(name);
  }

  /** What a call of something else than an own function may put into what it is handed. */
  private noteCall(site: CallSite): void {
    const { caller, instruction } = site;
    if (instruction.kind !== "call" && instruction.kind !== "super-call" && instruction.kind !== "jsx")
      return;
    const isUnknown = site.applied.size === 0 && (site.foreign.size > 0 || site.edges.size === 0);
    if (isUnknown) {
      const { receiver: self, arguments: list } = operandsOfSite(site);
      const operands = [...list.map(({ value }) => value), ...(self === null ? [] : [self])];
      // Into one of them goes what lies in another.
      if (operands.length > 1) for (const value of operands) this.writeBelow(caller, value);
      return;
    }
    // The language's own library writes into an object, and never into what lies in it.
    const isShallow = [...site.foreign].every(({ module }) => module === "lib" || module === "global");
    for (const { roles } of site.applied.keys())
      for (const role of roles)
        for (const to of role.kind === "flow" ? role.to : [])
          for (const value of operandsAt(site, to))
            if (isShallow && to.steps.length < 2) this.write(caller, value, null);
            else this.writeBelow(caller, value);
  }

  /** Anything in the object, and in what lies in it. */
  private writeBelow(node: FunctionNode, value: ValueId): void {
    const waiting = [this.pointsTo.valueNode(node, value)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.isFull) this.isAnyWritten = true;
      for (const object of next.list) {
        if (object.kind !== "object" && object.kind !== "instance") continue;
        if (this.written.get(object) === null) continue;
        this.add(object, null);
        waiting.push(...this.pointsTo.fieldsOf(object).values());
      }
    }
  }
}

/** The literal itself is filled here, and nobody else has it yet. */
function isBeingMade(node: FunctionNode, object: ValueId): boolean {
  const definition = node.definitions[object];
  return definition?.kind === "instruction" && /^(?:object|array)$/u.test(definition.instruction.kind);
}

function isProperty(component: string): boolean {
  return isElement(component) || !/^(?:\^|<|!|\*|get |set )/u.test(component);
}

function nameOf(property: PropertyName): string | null {
  if (property.kind === "computed") return null;
  return property.kind === "element" || isElement(property.name) ? "[]" : property.name;
}
