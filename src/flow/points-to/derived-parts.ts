/**
 * Collections whose elements are those of another one, and objects whose properties are those of another one:
 * `[...map.values()]`, `rows.filter(isOpen)`, `new Set(rows)`, `{ ...box }`. What is changed in such an element is changed
 * in the other collection, too; what is put into the new collection is not.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address, AddressStep } from "../../contracts/model.js";
import { writtenPaths } from "../models/address-facts.js";
import { selectModels } from "../models/select-models.js";
import { isPropertyName } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { isElement } from "./alias-names.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** What lies at `way` below a value is what lies at `there` below `from`. */
interface Derived {
  readonly way: readonly string[];
  readonly from: ValueId;
  readonly there: readonly string[];
  /** Names that the value has anew. */
  readonly without: ReadonlySet<string>;
}

/** What lies at a place of an operand lies at `to` below the result. */
interface GivenBack {
  readonly to: readonly string[];
  readonly from: Part;
}

/** A place below a value. */
export interface Part {
  readonly value: ValueId;
  readonly components: readonly string[];
}

const deepest = 5;
/** Names and choices in a row. */
const furthest = 20;
const mostParts = 8;
const none: readonly never[] = [];
const nothing: ReadonlySet<string> = new Set();

export class DerivedParts {
  private readonly known = new Map<FunctionNode, Map<ValueId, readonly Derived[]>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** The places of which the object at a place below a value comes; none where it lies in no derived collection. */
  behind(node: FunctionNode, value: ValueId, components: readonly string[]): readonly Part[] {
    const found: Part[] = [];
    this.add(node, { value, components }, found, 0);
    return found;
  }

  /** The same for a value that is read from one: an element, a property, what `find` or `pop` gives. */
  ofRead(node: FunctionNode, value: ValueId): readonly Part[] {
    let part: Part = { value, components: [] };
    for (let hops = 0; hops < deepest; hops++) {
      const next = this.above(node, part);
      if (next === null) break;
      part = next;
      const found = part.components.length === 0 ? none : this.behind(node, part.value, part.components);
      if (found.length > 0) return found;
    }
    return none;
  }

  private add(node: FunctionNode, { value, components }: Part, found: Part[], depth: number): void {
    if (depth > deepest || components.length === 0) return;
    for (const { way, from, there, without } of this.of(node, value)) {
      if (!leadsInto(components, way) || without.has(components[way.length - 1] ?? "")) continue;
      const last = components[way.length - 1] ?? "";
      // A property keeps its name.
      const kept = there.at(-1) === "*" ? [...there.slice(0, -1), isPropertyName(last) ? last : "[]"] : there;
      const part = { value: from, components: [...kept, ...components.slice(way.length)] };
      if (found.length >= mostParts || found.some((each) => isSame(each, part))) continue;
      found.push(part);
      this.add(node, part, found, depth + 1);
    }
  }

  /** One step from what is read to what it is read from. */
  private above(node: FunctionNode, { value, components }: Part): Part | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return null;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return { value: instruction.value, components };
      case "iterate":
        return instruction.mode === "of"
          ? { value: instruction.object, components: ["[]", ...components] }
          : null;
      case "load": {
        const name = instruction.property.kind === "name" ? instruction.property.name : "[]";
        return { value: instruction.object, components: [name, ...components] };
      }
      case "call": {
        const taken = this.flowsAt(node, point).find(
          ({ to, from }) => to.length === 0 && from.components.length > 0,
        );
        return taken === undefined
          ? null
          : { value: taken.from.value, components: [...taken.from.components, ...components] };
      }
      default:
        return null;
    }
  }

  private of(node: FunctionNode, value: ValueId, depth = 0): readonly Derived[] {
    if (depth > furthest) return none;
    let ofNode = this.known.get(node);
    if (ofNode === undefined) this.known.set(node, (ofNode = new Map<ValueId, readonly Derived[]>()));
    let found = ofNode.get(value);
    if (found === undefined) {
      // A value that goes round in a loop is derived of itself.
      ofNode.set(value, none);
      ofNode.set(value, (found = this.find(node, value, depth + 1)));
    }
    return found;
  }

  private find(node: FunctionNode, value: ValueId, depth: number): readonly Derived[] {
    const definition = node.definitions[value];
    if (definition === undefined) return none;
    if (definition.kind === "phi")
      return definition.phi.inputs.flatMap((input) =>
        input.value === value ? none : this.of(node, input.value, depth),
      );
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.of(node, instruction.value, depth);
      case "array":
        return usesOf(node, value).flatMap((use) =>
          use?.kind === "append-elements" && use.target === value ? [elementsOf(use.source)] : [],
        );
      case "object":
        return usesOf(node, value).flatMap((use) =>
          use?.kind === "copy-properties" && use.target === value
            ? [propertiesOf(use.source, namesPutInto(node, value))]
            : [],
        );
      case "object-rest":
        return [propertiesOf(instruction.object, nothing)];
      case "array-rest":
        return [elementsOf(instruction.array)];
      case "call":
        return this.flowsAt(node, point).flatMap(({ to, from }) =>
          to.length === 0 ? [] : [{ way: to, from: from.value, there: from.components, without: nothing }],
        );
      default:
        return none;
    }
  }

  /** What the standard library's call gives back of its operands, where in the result and where in the operand. */
  private flowsAt(node: FunctionNode, point: number): readonly GivenBack[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call" || site.edges.size > 0) return none;
    return [...site.foreign].flatMap((callee) =>
      callee.module !== "lib" && callee.module !== "global"
        ? []
        : selectModels(this.pointsTo, site, callee).flatMap(({ model, names }) =>
            model.roles.flatMap((role) =>
              role.kind === "flow"
                ? role.to.flatMap((to) => role.from.flatMap((from) => this.flow(site, names, from, to)))
                : [],
            ),
          ),
    );
  }

  private waysOf(
    site: CallSite,
    steps: readonly AddressStep[],
    names: readonly string[],
  ): readonly (readonly string[])[] {
    const ways = writtenPaths(this.pointsTo, site, steps, names);
    return steps.at(-1)?.kind === "any" ? ways.map((way) => [...way.slice(0, -1), "*"]) : ways;
  }

  private flow(site: CallSite, names: readonly string[], from: Address, to: Address): readonly GivenBack[] {
    if (to.root.kind !== "return" || ![...from.steps, ...to.steps].every(isPlain)) return none;
    const ways = this.waysOf(site, to.steps, names);
    return operandsOf(site, from).flatMap((value) =>
      this.waysOf(site, from.steps, names).flatMap((components) =>
        ways.map((way) => ({ to: way, from: { value, components } })),
      ),
    );
  }
}

function usesOf(node: FunctionNode, value: ValueId) {
  return (node.uses[value] ?? []).map((point) => node.code[point]);
}

function elementsOf(from: ValueId): Derived {
  return { way: ["[]"], from, there: ["[]"], without: nothing };
}

function propertiesOf(from: ValueId, without: ReadonlySet<string>): Derived {
  return { way: ["*"], from, there: ["*"], without };
}

/** Properties that are written out in a literal beside what is copied into it. */
function namesPutInto(node: FunctionNode, made: ValueId): ReadonlySet<string> {
  return new Set(
    usesOf(node, made).flatMap((use) =>
      use?.kind === "store" && use.object === made && use.property.kind === "name" ? [use.property.name] : [],
    ),
  );
}

/** A property or some element: no function's result, no part that is only there for the models. */
function isPlain(step: AddressStep): boolean {
  return /^(?:property|element|last|end|entry|any)$/u.test(step.kind);
}

function operandsOf({ instruction }: CallSite, { root }: Address): readonly ValueId[] {
  if (instruction.kind !== "call") return none;
  const call: InstructionOf<"call"> = instruction;
  if (root.kind === "this") return call.receiver === null ? none : [call.receiver];
  const given =
    root.kind === "argument"
      ? call.arguments.slice(root.index, root.index + 1)
      : root.kind === "arguments"
        ? call.arguments.slice(root.from)
        : none;
  return given.flatMap(({ value, spread }) => (spread ? [] : [value]));
}

function leadsInto(components: readonly string[], way: readonly string[]): boolean {
  return (
    components.length >= way.length &&
    way.every(
      (each, at) =>
        each === components[at] ||
        (each === "*"
          ? isPropertyName(components[at] ?? "")
          : isElement(each) && isElement(components[at] ?? "")),
    )
  );
}

function isSame(one: Part, other: Part): boolean {
  return one.value === other.value && one.components.join() === other.components.join();
}
