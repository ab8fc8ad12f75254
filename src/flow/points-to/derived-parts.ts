/**
 * Collections whose elements are those of another one, and objects whose properties are those of another one:
 * `[...map.values()]`, `rows.filter(isOpen)`, `new Map(rows.map((row) => [row.id, row]))`, `{ ...box }`. What is changed
 * in such an element is changed in the other collection, too; what is put into the new collection is not.
 */
import type { DeepRecursion } from "../../base/deep-recursion.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { isPropertyName } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { flowsOf, isSamePart, leadsInto, partsAt } from "./derived-part.js";
import type { NamesOf, Part } from "./derived-part.js";
import { DerivedResults } from "./derived-results.js";
import { DerivedValues, iteratedParts } from "./derived-values.js";
import type { PointsTo } from "./points-to.js";

const deepest = 5;
const mostParts = 8;
const none: readonly never[] = [];

/** A part that a value is read from. */
interface ReadPart extends Part {
  /** By the pairs that a map is iterated by: no other name of the value says so. */
  readonly isAnother?: boolean;
}

export class DerivedParts {
  private readonly results: DerivedResults;
  private readonly values: DerivedValues;

  constructor(
    private readonly pointsTo: PointsTo,
    namesOf: NamesOf,
    deep: DeepRecursion,
  ) {
    this.results = new DerivedResults(pointsTo, (callee) => this.values.givenBy(callee));
    this.values = new DerivedValues(pointsTo, deep, this.results, {
      namesOf,
      behind: (node, part) => this.behind(node, part),
      nearest: (node, value) => this.nearest(node, value),
    });
  }

  /** The places of which the object at a place below a value comes; none where it lies in no derived collection. */
  behind(node: FunctionNode, part: Part): readonly Part[] {
    const found: Part[] = [];
    this.add(node, part, found, 0);
    return found;
  }

  /** The same for a value that is read from one: an element, a property, what `find` or `pop` gives. */
  ofRead(node: FunctionNode, value: ValueId): readonly Part[] {
    let parts: readonly ReadPart[] = [{ value, components: none }];
    for (let hops = 0; hops < deepest && parts.length > 0; hops++) {
      parts = parts.flatMap((part) => this.above(node, part));
      const found = parts.flatMap((part): Part[] => {
        const behind = part.components.length === 0 ? none : this.behind(node, part);
        return part.isAnother === true ? [part, ...behind] : [...behind];
      });
      if (found.length > 0) return found;
    }
    return none;
  }

  /** What a call gives back that its callback has given. */
  gathered(node: FunctionNode, point: number): readonly Part[] {
    return this.results.gathered(node, point);
  }

  /** The collection or object that a value is read from. */
  private nearest(node: FunctionNode, value: ValueId): readonly Part[] {
    let parts: readonly Part[] = [{ value, components: [] }];
    for (let hops = 0; hops < deepest && parts.length > 0; hops++) {
      parts = parts.flatMap((part) => [...this.above(node, part)]);
      if (parts.some(({ components }) => components.length > 0)) return parts;
    }
    return none;
  }

  private add(node: FunctionNode, { value, components }: Part, found: Part[], depth: number): void {
    if (depth > deepest || components.length === 0) return;
    for (const { way, from, without } of this.values.of(node, value)) {
      const last = components[way.length - 1] ?? "";
      if (!leadsInto(components, way) || without.has(last)) continue;
      for (const kept of this.keptNames(node, from, last)) {
        const part = { value: from.value, components: [...kept, ...components.slice(way.length)] };
        if (found.length >= mostParts || found.some((each) => isSamePart(each, part))) continue;
        found.push(part);
        this.add(node, part, found, depth + 1);
      }
    }
  }

  /** A property keeps its name; an element that was some property may have been each that is known. */
  private keptNames(
    node: FunctionNode,
    { value, components }: Part,
    last: string,
  ): readonly (readonly string[])[] {
    if (components.at(-1) !== "*") return [components];
    const before = components.slice(0, -1);
    const names = isPropertyName(last) ? [last] : ["[]", ...this.propertiesOf(node, value)];
    return names.map((name) => [...before, name]);
  }

  private propertiesOf(node: FunctionNode, value: ValueId): readonly string[] {
    const names = new Set<string>();
    for (const object of this.pointsTo.valuesOf(node, value))
      for (const name of object.kind === "object" ? this.pointsTo.fieldsOf(object).keys() : none)
        if (isPropertyName(name)) names.add(name);
    return names.size > mostParts ? none : [...names];
  }

  /** One step from what is read to what it is read from. */
  private above(node: FunctionNode, { value, components }: Part): readonly ReadPart[] {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return none;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return [{ value: instruction.value, components }];
      case "iterate":
        return instruction.mode === "of"
          ? this.iteratedFrom(node, point, instruction.object, ["[]", ...components])
          : none;
      case "load": {
        const name = instruction.property.kind === "name" ? instruction.property.name : "[]";
        return [{ value: instruction.object, components: [name, ...components] }];
      }
      case "call":
        return this.taken(node, point).map((part) => ({
          ...part,
          components: [...part.components, ...components],
        }));
      default:
        return none;
    }
  }

  private iteratedFrom(
    node: FunctionNode,
    point: number,
    object: ValueId,
    components: readonly string[],
  ): readonly ReadPart[] {
    const found: ReadPart[] = [{ value: object, components }];
    for (const { way, from } of iteratedParts(this.pointsTo, node, point, object))
      if (leadsInto(components, way))
        found.push({
          value: from.value,
          components: [...from.components, ...components.slice(way.length)],
          isAnother: true,
        });
    return found;
  }

  /** What `find`, `get` or `pop` takes out of a collection. */
  private taken(node: FunctionNode, point: number): readonly Part[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return none;
    return this.results.saidOf(site).flatMap(({ model, names }) =>
      flowsOf(model)
        .filter(({ from: { root, steps } }) => root.kind === "this" && steps.length > 0)
        .filter(({ to: { root, steps } }) => root.kind === "return" && steps.length === 0)
        .flatMap(({ from }) => partsAt(this.pointsTo, site, from, names)),
    );
  }
}
