/** Of what values a collection or an object is made, by how it is made and by what is put into it. */
import type { DeepRecursion } from "../../base/deep-recursion.js";
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { readModels } from "../models/read-flows.js";
import type { FunctionNode } from "../program/program.js";
import { derived, elementsOf, flowsOf, isPlain, partsAt, propertiesOf, waysOf } from "./derived-part.js";
import type { Derived, NamesOf, Part } from "./derived-part.js";
import type { DerivedResults } from "./derived-results.js";
import { knownNames } from "./known-names.js";
import type { PointsTo } from "./points-to.js";

interface Asked {
  readonly namesOf: NamesOf;
  /** The places of which the object at a place below a value comes. */
  readonly behind: (node: FunctionNode, part: Part) => readonly Part[];
  /** The collection or object that a value is read from. */
  readonly nearest: (node: FunctionNode, value: ValueId) => readonly Part[];
}

const none: readonly never[] = [];
/** Relations of one value; those of more are left out. */
const most = 12;

export class DerivedValues {
  private readonly known = new Map<FunctionNode, Map<ValueId, readonly Derived[]>>();
  private readonly given = new Map<FunctionNode, readonly Derived[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly deep: DeepRecursion,
    private readonly results: DerivedResults,
    private readonly asked: Asked,
  ) {}

  of(node: FunctionNode, value: ValueId): readonly Derived[] {
    let ofNode = this.known.get(node);
    if (ofNode === undefined) this.known.set(node, (ofNode = new Map<ValueId, readonly Derived[]>()));
    // A value that goes round in a loop is derived of itself.
    return this.deep.answer(ofNode, value, none, () => this.find(node, value).slice(0, most));
  }

  /** What a function gives back of what it is entered with. */
  givenBy(callee: FunctionNode): readonly Derived[] {
    if (callee.graph.generator) return none;
    return this.deep.answer(this.given, callee, none, () =>
      callee.graph.blocks
        .flatMap(({ end }) => (end.kind === "return" && end.value !== null ? [end.value] : []))
        .flatMap((value) => this.enteredParts(callee, value))
        .slice(0, most),
    );
  }

  private enteredParts(callee: FunctionNode, result: ValueId): readonly Derived[] {
    const itself = this.named(callee, [], { value: result, components: none });
    const held = this.valuesMade(callee, result).flatMap((value) =>
      usesOf(callee, value).flatMap((use) =>
        use?.kind === "store" && use.object === value && use.property.kind === "name"
          ? [...this.named(callee, [use.property.name], { value: use.value, components: none })]
          : [],
      ),
    );
    const inside = this.of(callee, result).flatMap(({ way, from }) =>
      [from, ...this.asked.behind(callee, { value: result, components: way })].flatMap((part) =>
        this.named(callee, way, part),
      ),
    );
    return [...itself, ...held, ...inside];
  }

  /** By the names of a part's value that the caller knows, too. */
  private named(callee: FunctionNode, way: readonly string[], part: Part): readonly Derived[] {
    if (part.value < 0) return [derived(way, part.value, part.components)];
    return this.asked
      .namesOf(callee, part.value)
      .filter(({ base }) => base < 0)
      .map(({ base, path }) => derived(way, base, [...path.components, ...part.components]));
  }

  private find(node: FunctionNode, value: ValueId): readonly Derived[] {
    const definition = node.definitions[value];
    if (definition === undefined) return none;
    if (definition.kind === "phi")
      return definition.phi.inputs.flatMap((input) =>
        input.value === value ? none : this.of(node, input.value),
      );
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.of(node, instruction.value);
      case "object-rest":
        return [propertiesOf(instruction.object)];
      case "array-rest":
        return [elementsOf(instruction.array)];
      case "array":
      case "object":
        return this.put(node, value);
      case "call":
        return [...this.results.of(node, point), ...this.put(node, value)];
      default:
        return none;
    }
  }

  /** What is put into a value that is made in the function. */
  private put(node: FunctionNode, made: ValueId): readonly Derived[] {
    return this.valuesMade(node, made).flatMap((value) =>
      (node.uses[value] ?? []).flatMap((point) => [...this.putAt(node, point, value)]),
    );
  }

  private putAt(node: FunctionNode, point: number, value: ValueId): readonly Derived[] {
    const use = node.code[point];
    switch (use?.kind) {
      case "append-elements":
        return use.target === value
          ? [elementsOf(use.source), ...iteratedParts(this.pointsTo, node, point, use.source)]
          : none;
      case "copy-properties":
        return use.target === value ? [propertiesOf(use.source, namesPutInto(node, value))] : none;
      case "store":
        return use.object === value ? this.stored(node, use) : none;
      case "call":
        return use.receiver === value ? this.putByCall(node, point, value) : none;
      default:
        return none;
    }
  }

  /** `index[row.id] = row` */
  private stored(node: FunctionNode, store: InstructionOf<"store">): readonly Derived[] {
    const from = this.asked.nearest(node, store.value);
    return from.length === 0
      ? none
      : knownNames(this.pointsTo, node, store.property).flatMap((name) =>
          from.map((part) => derived([name], part.value, part.components)),
        );
  }

  /** `index.set(row.id, row)`, `queue.push(...rows)` */
  private putByCall(node: FunctionNode, point: number, value: ValueId): readonly Derived[] {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return none;
    return this.results.saidOf(site).flatMap(({ model, names }) =>
      flowsOf(model)
        .filter(({ to: { root, steps } }) => root.kind === "this" && steps.length > 0 && steps.every(isPlain))
        .flatMap(({ from, to }) => {
          const parts = partsAt(this.pointsTo, site, from, names)
            .filter((part) => part.value !== value)
            .flatMap((part) => (part.components.length > 0 ? [part] : this.asked.nearest(node, part.value)));
          return waysOf(this.pointsTo, site, to.steps, names).flatMap((way) =>
            parts.map((part) => derived(way, part.value, part.components)),
          );
        }),
    );
  }

  /** A value and its names in the function: `const rows = []`. */
  private valuesMade(node: FunctionNode, value: ValueId): readonly ValueId[] {
    const found = new Set([originOf(node, value)]);
    for (const each of found)
      for (const use of usesOf(node, each))
        if (use?.kind === "declare" || use?.kind === "cast") found.add(use.out);
    return [...found];
  }
}

/** What iterating an object of the library gives, as parts of the object: of a map its pairs. */
export function iteratedParts(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  object: ValueId,
): readonly Derived[] {
  const { models } = readModels(pointsTo, node, object, "@@iterator", "call");
  if (models.length === 0) return none;
  const site = pointsTo.siteAt(node, point);
  return models.flatMap(({ model, names }) =>
    flowsOf(model)
      .filter(({ from, to }) => from.root.kind === "this" && to.root.kind === "return")
      .filter(({ from, to }) => from.steps.every(isPlain) && to.steps.every(isPlain))
      .flatMap(({ from, to }) =>
        waysOf(pointsTo, site, to.steps, names).flatMap((way) =>
          waysOf(pointsTo, site, from.steps, names).map((there) => derived(way, object, there)),
        ),
      ),
  );
}

function originOf(node: FunctionNode, value: ValueId): ValueId {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return value;
  const { instruction } = definition;
  return instruction.kind === "declare" || instruction.kind === "cast"
    ? originOf(node, instruction.value)
    : value;
}

function usesOf(node: FunctionNode, value: ValueId): readonly (Instruction | undefined)[] {
  return (node.uses[value] ?? []).map((point) => node.code[point]);
}

/** Properties that are written out in a literal beside what is copied into it. */
function namesPutInto(node: FunctionNode, made: ValueId): ReadonlySet<string> {
  return new Set(
    usesOf(node, made).flatMap((use) =>
      use?.kind === "store" && use.object === made && use.property.kind === "name" ? [use.property.name] : [],
    ),
  );
}
