/**
 * Elements that are made in one place and shown in another: `<RequireConsent><Form /></RequireConsent>` makes the form
 * where it stands, and the component decides whether it is shown.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { endsBlock, joinedInto } from "../program/value-ends.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { OpenWays } from "./open-ways.js";

/** Elements in elements, and components in components. */
const deepest = 12;

export class ShownElements {
  private readonly shown = new Map<string, boolean>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly open: OpenWays,
  ) {}

  /** Every place that the element is put into shows it only where a guard has taken effect. */
  isHidden(site: CallSite, depth = 0): boolean {
    const { caller, instruction } = site;
    if (instruction.kind !== "jsx" || depth > deepest) return false;
    return this.isValueHidden(caller, instruction.out, depth);
  }

  private isValueHidden(node: FunctionNode, value: ValueId, depth: number): boolean {
    if (depth > deepest) return false;
    const points = node.uses[value] ?? [];
    if (endsBlock(node, value, "return")) return false;
    const through = joinedInto(node, value);
    return (
      points.length + through.length > 0 &&
      through.every((out) => this.isValueHidden(node, out, depth + 1)) &&
      points.every((point) => this.isUseHidden(node, point, value, depth))
    );
  }

  private isUseHidden(node: FunctionNode, point: number, value: ValueId, depth: number): boolean {
    const instruction = node.code[point];
    switch (instruction?.kind) {
      case "declare":
      case "cast":
        return this.isValueHidden(node, instruction.out, depth + 1);
      case "store": {
        // Something is put into the list itself.
        if (instruction.value !== value) return true;
        if (instruction.property.kind !== "name") return false;
        const element = this.elementWith(node, instruction.object);
        if (element === undefined) return this.isInList(node, instruction.object, depth);
        return (
          this.isKeptBack(element, instruction.property.name, depth) || this.isHidden(element, depth + 1)
        );
      }
      default:
        return false;
    }
  }

  private isInList(node: FunctionNode, list: ValueId, depth: number): boolean {
    const made = node.definitions[list];
    return (
      made?.kind === "instruction" &&
      made.instruction.kind === "array" &&
      this.isValueHidden(node, list, depth + 1)
    );
  }

  /** The element whose properties an object is. */
  private elementWith(node: FunctionNode, props: ValueId): CallSite | undefined {
    for (const point of node.uses[props] ?? []) {
      const instruction = node.code[point];
      if (instruction?.kind === "jsx" && instruction.props === props)
        return this.pointsTo.findSite(node, point);
    }
    return undefined;
  }

  /** All components that the element may be of show what the property holds only behind a guard. */
  private isKeptBack(element: CallSite, name: string, depth: number): boolean {
    const callees = [...element.edges.values()];
    return (
      element.foreign.size === 0 &&
      callees.length > 0 &&
      callees.every(({ callee, shape }) => shape === "jsx" && !this.mayShow(callee, name, depth + 1))
    );
  }

  private mayShow(component: FunctionNode, name: string, depth: number): boolean {
    const key = `${String(component.index)}.${name}`;
    const known = this.shown.get(key);
    if (known !== undefined) return known;
    // What shows itself again shows no more than it did before.
    this.shown.set(key, false);
    const shown = this.findShown(component, name, depth);
    this.shown.set(key, shown);
    return shown;
  }

  private findShown(component: FunctionNode, name: string, depth: number): boolean {
    if (depth > deepest || component.graph.class !== null) return true;
    const given = givenIn(component, name);
    if (given === null) return true;
    const carries = (value: ValueId, hops: number): boolean =>
      this.open.mayCome(component, value, (each) => this.mayCarry(component, each, given, carries, hops));
    const { blocks, closed } = this.open.open(component);
    return [...blocks.keys()].some((position) => {
      const end = component.graph.blocks[position]?.end;
      return (
        end?.kind === "return" && end.value !== null && !closed.has(position) && carries(end.value, depth)
      );
    });
  }

  private mayCarry(
    node: FunctionNode,
    value: ValueId,
    given: ReadonlySet<ValueId>,
    carries: (value: ValueId, hops: number) => boolean,
    hops: number,
  ): boolean {
    if (given.has(value)) return true;
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || hops > deepest + deepest) return false;
    const { instruction, point } = definition;
    const again = (other: ValueId): boolean => carries(other, hops + 1);
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "load":
        return again(instruction.object);
      case "call":
        return instruction.arguments.some((argument) => again(argument.value));
      case "array":
        return this.putInto(node, value).some((each) => again(each.value));
      case "jsx": {
        if (!this.open.isOpenAt(node, point)) return false;
        const site = this.pointsTo.findSite(node, point);
        return this.putInto(node, instruction.props).some(
          (each) =>
            again(each.value) &&
            (site === undefined || each.name === null || !this.isKeptBack(site, each.name, hops + 1)),
        );
      }
      default:
        return false;
    }
  }

  /** What is put into an object or a list, with the names of its places. */
  private putInto(
    node: FunctionNode,
    object: ValueId,
  ): { readonly name: string | null; readonly value: ValueId }[] {
    return node.code.flatMap((each) => {
      if (each.kind === "store" && each.object === object)
        return [{ name: each.property.kind === "name" ? each.property.name : null, value: each.value }];
      if (each.kind === "copy-properties" && each.target === object)
        return [{ name: null, value: each.source }];
      return each.kind === "append-elements" && each.target === object
        ? [{ name: null, value: each.source }]
        : [];
    });
  }
}

/** Where a component reads one of its properties; null where it may get at it in another way. */
function givenIn(component: FunctionNode, name: string): ReadonlySet<ValueId> | null {
  const found = new Set<ValueId>();
  for (const instruction of component.code) {
    if (instruction.kind === "load" && isProps(component, instruction.object)) {
      if (instruction.property.kind !== "name") return null;
      if (instruction.property.name === name) found.add(instruction.out);
    }
    const whole =
      instruction.kind === "copy-properties"
        ? instruction.source
        : instruction.kind === "object-rest"
          ? instruction.object
          : null;
    if (whole !== null && isProps(component, whole)) return null;
  }
  return found.size === 0 ? null : found;
}

function isProps(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return (
    definition?.kind === "instruction" &&
    definition.instruction.kind === "parameter" &&
    definition.instruction.index === 0
  );
}
