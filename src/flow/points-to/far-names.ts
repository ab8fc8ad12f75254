/**
 * Further names of an object that no single function gives it. Two kinds:
 * - An accessor gives out what a module or a closure keeps (`cardOf(lane)`): who changes it changes what is kept.
 * - Some function puts one object into two places (`list.push(tent); byNumber.set(n, tent)`): what any other function
 *   changes through one is read through the other.
 */
import type { AbstractValue } from "./abstract-value.js";
import { isElement } from "./alias-names.js";
import type { Place as Name } from "./alias-names.js";
import type { Aliases } from "./aliases.js";
import { receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import type { Heap } from "../heap/heap.js";
import type { HeapPlace } from "../paths/heap-place.js";
import { componentMeets } from "../paths/path-components.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { sharedVariable } from "../heap/shared-variables.js";
import { siblingPaths } from "../heap/sibling-paths.js";
import { slotNumber } from "../paths/slots.js";

/** A place in the function's own object (`key` null), or below a cell of the heap. */
interface Place {
  readonly key: string | null;
  readonly components: readonly string[];
  /** The function puts the value there; else the value comes from there, if from any such place. */
  readonly isPut: boolean;
}

/** The places that one value of a function is put into or comes from. */
type Twins = readonly Place[];

/** Another name of an object: below a value of the function, or in the heap. */
export type FarName =
  | { readonly kind: "value"; readonly base: Base; readonly components: readonly string[] }
  | { readonly kind: "heap"; readonly place: HeapPlace };

const deepestAccessor = 4;
const mostTwins = 32;
const none: readonly never[] = [];

export class FarNames {
  private readonly names = new Map<Name, readonly FarName[]>();
  private readonly kept: (Map<Base, readonly HeapPlace[]> | undefined)[] = [];
  private readonly twins = new Map<number, readonly Twins[]>();
  private methods: Map<number, FunctionNode[]> | null = null;
  private readonly twinsByObject = new Map<number, readonly Twins[]>();
  private readonly twinsByCell = new Map<string, readonly Twins[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly aliases: Aliases,
    private readonly heap: Heap,
  ) {}

  /** Further names of the object of a name that `Aliases` gave. */
  of(node: FunctionNode, name: Name): readonly FarName[] {
    let found = this.names.get(name);
    if (found === undefined) {
      found = this.find(node, name.base, name.path.components);
      this.names.set(name, found);
    }
    return found;
  }

  private find(node: FunctionNode, base: Base, components: readonly string[]): readonly FarName[] {
    const found: FarName[] = [];
    for (const { key, prefix } of this.keptPlaces(node, base)) {
      const place = { key, prefix: [...prefix, ...components] };
      if (isCall(node, base)) found.push({ kind: "heap", place });
      for (const other of isVariable(key) ? matching(this.twinsInCell(key), key, place.prefix) : none)
        if (other.key !== null)
          found.push({ kind: "heap", place: { key: other.key, prefix: other.components } });
    }
    let objects = this.objectsOf(node, base);
    for (let length = 0; length < components.length && objects.length > 0; length++) {
      const way = components.slice(0, length);
      const rest = components.slice(length);
      for (const object of objects)
        for (const other of matching(this.twinsIn(object), null, rest)) {
          if (other.key === null)
            found.push({ kind: "value", base, components: [...way, ...other.components] });
          else found.push({ kind: "heap", place: { key: other.key, prefix: other.components } });
        }
      for (const sibling of this.besideClosures(objects, rest, mostTwins - found.length))
        found.push({ kind: "value", base, components: [...way, ...sibling] });
      if (found.length >= mostTwins) break;
      objects = objects.flatMap((object) => this.parts(object, components[length] ?? ""));
    }
    return found.slice(0, mostTwins);
  }

  private objectsOf(node: FunctionNode, base: Base): readonly AbstractValue[] {
    if (base === receiver) return [...this.pointsTo.receiverNode(node).values];
    return base < 0 ? none : [...this.pointsTo.valuesOf(node, base)];
  }

  private parts(object: AbstractValue, component: string): readonly AbstractValue[] {
    if (component.startsWith("^") || component.startsWith("<")) return none;
    return [...this.pointsTo.fieldsOf(object)].flatMap(([name, field]) =>
      name === component || (isElement(component) && name !== "*" && componentMeets(component, name))
        ? [...field.values]
        : [],
    );
  }

  /** `store.find.^0[…]` is also `store.all.^1[…]` where both closures keep one container. */
  private besideClosures(
    objects: readonly AbstractValue[],
    [member = "", slot = "", ...rest]: readonly string[],
    most: number,
  ): readonly (readonly string[])[] {
    if (!slot.startsWith("^")) return none;
    const found: (readonly string[])[] = [];
    for (const object of objects)
      for (const value of this.parts(object, member)) {
        if (found.length >= most) return found;
        if (value.kind !== "function") continue;
        const shared = sharedVariable(this.pointsTo, value.function, slotNumber(slot));
        if (shared === null) continue;
        for (const { path } of siblingPaths(this.pointsTo, [object], shared))
          if (path[0] !== member) found.push([...path, ...rest]);
      }
    return found;
  }

  /** Where the heap keeps the object of a value, also of one that a function gave back from there. */
  private keptPlaces(node: FunctionNode, base: Base, depth = 0): readonly HeapPlace[] {
    const definition = node.definitions[base];
    const direct = this.heap.placesOf(node, base);
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return direct;
    const row = (this.kept[node.index] ??= new Map<Base, readonly HeapPlace[]>());
    const known = row.get(base);
    if (known !== undefined) return known;
    if (depth >= deepestAccessor) return direct;
    row.set(base, direct);
    const found = [...direct];
    for (const edge of this.pointsTo.findSite(node, definition.point)?.edges.values() ?? []) {
      if (edge.shape !== "call" || edge.callee.graph.generator) continue;
      for (const { end } of edge.callee.graph.blocks) {
        if (end.kind !== "return" || end.value === null) continue;
        for (const name of this.aliases.namesOf(edge.callee, end.value))
          for (const place of name.base < 0 ? [] : this.keptPlaces(edge.callee, name.base, depth + 1))
            if (isVariable(place.key))
              found.push({ key: place.key, prefix: [...place.prefix, ...name.path.components] });
      }
    }
    row.set(base, found);
    return found;
  }

  private twinsIn(object: AbstractValue): readonly Twins[] {
    if (object.kind !== "instance" && object.kind !== "object") return none;
    let found = this.twinsByObject.get(object.id);
    if (found === undefined) {
      found = (this.methodsOf(object) ?? []).flatMap((method) => this.twinsOf(method));
      this.twinsByObject.set(object.id, found);
    }
    return found;
  }

  private methodsOf(object: AbstractValue): readonly FunctionNode[] | undefined {
    if (this.methods === null) {
      this.methods = new Map();
      for (const node of this.pointsTo.program.functions)
        for (const value of this.pointsTo.receiverNode(node).values) {
          const known = this.methods.get(value.id);
          if (known === undefined) this.methods.set(value.id, [node]);
          else known.push(node);
        }
    }
    return this.methods.get(object.id);
  }

  private twinsInCell(key: string): readonly Twins[] {
    let found = this.twinsByCell.get(key);
    if (found === undefined) {
      found = [...new Set(this.heap.readersOf(key).map(({ node }) => node))].flatMap((node) =>
        this.twinsOf(node),
      );
      this.twinsByCell.set(key, found);
    }
    return found;
  }

  /** The values of a function that it puts into several places. */
  private twinsOf(node: FunctionNode): readonly Twins[] {
    let found = this.twins.get(node.index);
    if (found === undefined) {
      found = node.definitions.flatMap((definition, value) => {
        if (definition === undefined || !isPut(node, value)) return [];
        const places = this.aliases.namesOf(node, value).flatMap((name) => this.placesOf(node, name));
        return places.length > 1 ? [places] : [];
      });
      this.twins.set(node.index, found);
    }
    return found;
  }

  private placesOf(node: FunctionNode, { base, path: { components }, since }: Name): readonly Place[] {
    const isPut = since !== -1;
    if (components.length === 0) return [];
    if (base === receiver) return [{ key: null, components, isPut }];
    if (base < 0) return [];
    return this.heap
      .placesOf(node, base)
      .filter(({ key }) => isVariable(key))
      .map(({ key, prefix }) => ({ key, components: [...prefix, ...components], isPut }));
  }
}

/** The places beside those that `components` leads through, with what is left of it. */
function matching(all: readonly Twins[], key: string | null, components: readonly string[]): Place[] {
  return all.flatMap((twins) =>
    twins.flatMap((one) => {
      if (one.key !== key || !leadsThrough(components, one.components)) return [];
      const rest = components.slice(one.components.length);
      return twins
        .filter((other) => other !== one && (one.isPut || other.isPut))
        .map((other) => ({ ...other, components: [...other.components, ...rest] }));
    }),
  );
}

function leadsThrough(components: readonly string[], way: readonly string[]): boolean {
  return (
    way.length <= components.length &&
    way.every((wanted, at) => {
      const present = components[at] ?? "";
      return wanted === present || componentMeets(wanted, present) || componentMeets(present, wanted);
    })
  );
}

/** The value is put somewhere: stored, or handed to a call. */
function isPut(node: FunctionNode, value: number): boolean {
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    if (use?.kind === "store") return use.value === value;
    return use?.kind === "call" && use.arguments.some((argument) => argument.value === value);
  });
}

/** A variable of a module: one object lies there at a time. */
function isVariable(key: string): boolean {
  return key.startsWith("cell:");
}

function isCall(node: FunctionNode, base: Base): boolean {
  const definition = node.definitions[base];
  return definition?.kind === "instruction" && definition.instruction.kind === "call";
}
