/** What a value may be in the context of one run. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { takenInputs } from "../program/given-parameters.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { decidedInputs } from "./decided-inputs.js";
import { forMember } from "../program/class-members.js";
import { memberOfLiteral, testOfMember } from "../heap/literal-members.js";
import { forPrototypes } from "../points-to/class-prototypes.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

export const deepest = 8;
/** Names that a template may be. */
const mostNames = 16;
/** From here on no more is told of choices than what was handed in. */
const deepestTold = deepest - 2;
/** Choices of choices that are gone into. */
const deepestChoice = 3;

export class ContextValues {
  private readonly members = new Map<string, ReadonlySet<FunctionNode>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** What a value may be in a context; null where nothing is known. */
  valuesIn(
    context: Context,
    node: FunctionNode,
    value: ValueId,
    depth = 0,
  ): ReadonlySet<AbstractValue> | null {
    const all = this.pointsTo.valuesOf(node, value);
    if (context === noContext || depth > deepest) return all.size === 0 ? null : all;
    const definition = node.definitions[value];
    if (definition?.kind === "phi") {
      const taken =
        (context.given === null ? null : takenInputs(node, definition.phi.inputs, context.given)) ??
        this.takenByOption(context, node, definition.phi.inputs, depth) ??
        (depth < deepestTold
          ? decidedInputs(node, definition.phi.inputs, (each) => this.toldIn(context, node, each))
          : null);
      if (taken !== null) {
        const found = taken.map((input) => this.valuesIn(context, node, input, depth + 1));
        return found.includes(null) ? null : new Set(found.flatMap((each) => [...(each ?? [])]));
      }
      const chosen =
        depth > deepestChoice ? null : this.ofInputs(context, node, definition.phi.inputs, depth);
      if (chosen !== null) return chosen;
    }
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
          // Names are nothing that stands in the object.
          if (instruction.mode === "in") break;
          const objects = this.valuesIn(context, node, instruction.object, depth + 1);
          if (objects === null || objects === this.pointsTo.valuesOf(node, instruction.object)) break;
          const elements = [...objects].flatMap((object) =>
            object.kind === "constant" ? [object] : [...this.pointsTo.fieldNode(object, "*").values],
          );
          return elements.length === 0 ? null : new Set(elements);
        }
        case "load": {
          const { property } = instruction;
          if (property.kind === "element") break;
          const objects = this.valuesIn(context, node, instruction.object, depth + 1);
          if (objects === null || objects === this.pointsTo.valuesOf(node, instruction.object)) break;
          return property.kind === "name"
            ? this.membersOf(objects, property.name)
            : this.tableValues(objects, this.constantsIn(context, node, property.value));
        }
        default:
          break;
      }
    }
    return all.size === 0 ? null : all;
  }

  /** What is told of the run alone: what other callers hand over says nothing of it. */
  private toldIn(context: Context, node: FunctionNode, value: ValueId): ReadonlySet<AbstractValue> | null {
    const origin = originOf(node, value);
    const all = this.pointsTo.valuesOf(node, origin);
    if (definitionOf(node, origin)?.kind === "constant") return all;
    const values = this.valuesIn(context, node, origin, deepestTold);
    return values === all ? null : values;
  }

  /** One of several values, where what is known of the run tells less of some of them; null: it does not. */
  private ofInputs(
    context: Context,
    node: FunctionNode,
    inputs: readonly { readonly value: ValueId }[],
    depth: number,
  ): ReadonlySet<AbstractValue> | null {
    const found = new Set<AbstractValue>();
    let isLess = false;
    for (const { value } of inputs) {
      const values = this.valuesIn(context, node, value, depth + 1);
      if (values === null) return null;
      isLess ||= values !== this.pointsTo.valuesOf(node, value);
      for (const each of values) found.add(each);
    }
    return isLess ? found : null;
  }

  /** Of an option with a default: what this run's options say, or the default; null where that is not known. */
  private takenByOption(
    context: Context,
    node: FunctionNode,
    inputs: readonly { readonly value: ValueId }[],
    depth: number,
  ): readonly ValueId[] | null {
    for (const { value } of inputs) {
      const option = optionAt(node, value);
      if (option === null) continue;
      const objects = this.valuesIn(context, node, option.object, depth + 1);
      if (objects === null || objects.size === 0) return null;
      const answers = [...objects].map((object) =>
        testOfMember(
          this.pointsTo,
          isNothing(object) ? "absent" : memberOfLiteral(this.pointsTo, object, option.name),
          option.test,
        ),
      );
      const [first = null] = answers;
      if (first === null || answers.some((answer) => answer !== first)) return null;
      return inputs.flatMap((each) => ((each.value === value) === first ? [each.value] : []));
    }
    return null;
  }

  /** The constants that a property name may be in this context; null where that is no better than without. */
  constantsIn(context: Context, node: FunctionNode, value: ValueId): readonly string[] | null {
    if (context === noContext) return null;
    const values = this.valuesIn(context, node, value);
    if (values === null || values === this.pointsTo.valuesOf(node, value))
      return this.putTogether(context, node, value);
    const texts = [...values].flatMap((each) => (each.kind === "constant" ? [String(each.value)] : []));
    return texts.length === values.size && texts.length > 0 ? texts : null;
  }

  /** A name made of parts that are known in this context: `` row[`name${this.language}`] ``. */
  private putTogether(context: Context, node: FunctionNode, value: ValueId): readonly string[] | null {
    const definition = definitionOf(node, value);
    if (definition?.kind !== "template") return null;
    let names = [definition.texts[0] ?? ""];
    for (const [index, part] of definition.values.entries()) {
      const texts = this.constantsIn(context, node, part);
      if (texts === null || names.length * texts.length > mostNames) return null;
      const after = definition.texts[index + 1] ?? "";
      names = names.flatMap((name) => texts.map((text) => name + text + after));
    }
    return definition.values.length === 0 ? null : names;
  }

  /** What stands in tables under some names, or under any. */
  private tableValues(
    tables: ReadonlySet<AbstractValue>,
    names: readonly string[] | null,
  ): ReadonlySet<AbstractValue> | null {
    const found = new Set<AbstractValue>();
    for (const table of tables) {
      if (table.kind !== "object" || table.array) return null;
      for (const name of names ?? ["*"])
        for (const value of this.pointsTo.fieldNode(table, name).values) found.add(value);
      if (names !== null) for (const value of this.pointsTo.fieldNode(table, "[]").values) found.add(value);
    }
    return found.size === 0 ? null : found;
  }

  /** What objects have under a name; null where that is not known. */
  membersOf(objects: ReadonlySet<AbstractValue>, name: string): ReadonlySet<AbstractValue> | null {
    const found = new Set<AbstractValue>();
    for (const object of objects) {
      if (object.kind === "foreign") return null;
      for (const value of this.pointsTo.fieldNode(object, name).values) found.add(value);
      for (const value of this.pointsTo.fieldNode(object, "[]").values) found.add(value);
      if (object.kind === "instance" || object.kind === "class") {
        for (const method of this.methods(object, name)) found.add(this.pointsTo.values.function(method));
      }
      if (object.kind === "instance")
        forPrototypes(this.pointsTo, object.class, name, (prototype) => {
          for (const value of this.pointsTo.fieldNode(prototype, name).values) found.add(value);
        });
    }
    // What is left out, or a literal without the property, gives nothing; of anything else nothing is known.
    return found.size > 0 || [...objects].every((object) => this.isWithout(object, name)) ? found : null;
  }

  private isWithout(object: AbstractValue, name: string): boolean {
    return isNothing(object) || memberOfLiteral(this.pointsTo, object, name) === "absent";
  }

  /** The accessor that runs may be one of the object: its own, or one of what it is made on top of. */
  mayHaveAccessor(
    object: AbstractValue,
    { shape, callee, site: { instruction } }: Pick<CallEdge, "shape" | "callee" | "site">,
  ): boolean {
    const property = "property" in instruction ? instruction.property : null;
    if (property?.kind !== "name" || (shape !== "getter" && shape !== "setter")) return true;
    const own = this.pointsTo.fieldNode(object, `${shape === "getter" ? "get" : "set"} ${property.name}`);
    if ([...own.values].some((value) => value.kind !== "function" || value.function === callee)) return true;
    if (object.kind === "instance" || object.kind === "class") {
      const methods = this.methods(object, property.name);
      return methods.has(callee) || (methods.size === 0 && callee.graph.class === null);
    }
    return object.kind !== "object" || this.pointsTo.prototypeNode(object).values.size > 0;
  }

  methods(
    object: Extract<AbstractValue, { kind: "instance" | "class" }>,
    name: string,
  ): ReadonlySet<FunctionNode> {
    const key = `${String(object.id)}.${name}`;
    let found = this.members.get(key);
    if (found === undefined) {
      const functions = new Set<FunctionNode>();
      forMember(this.pointsTo, object.class, name, object.kind === "class", (member) => {
        if (member.function !== null)
          functions.add(this.pointsTo.instanceCopies.find(object, member.function));
      });
      found = functions;
      this.members.set(key, found);
    }
    return found;
  }
}

interface Option {
  readonly object: ValueId;
  readonly name: string;
  readonly test: "defined" | "truthy";
}

/** `options.key` that is tested before it is chosen: `options.key ?? "name"`, `{ key = "name" }`. */
function optionAt(node: FunctionNode, value: ValueId): Option | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "load" || definition.property.kind !== "name") return null;
  const test = testsIn(node).get(originOf(node, value));
  return test === undefined ? null : { object: definition.object, name: definition.property.name, test };
}

const tests = new WeakMap<FunctionNode, ReadonlyMap<ValueId, Option["test"]>>();

/** The values that a function's branches test, each with its first test. */
function testsIn(node: FunctionNode): ReadonlyMap<ValueId, Option["test"]> {
  let known = tests.get(node);
  if (known === undefined) {
    const found = new Map<ValueId, Option["test"]>();
    for (const { end } of node.graph.blocks) {
      if (end.kind !== "branch") continue;
      const origin = originOf(node, end.value);
      if (!found.has(origin)) found.set(origin, end.test);
    }
    tests.set(node, (known = found));
  }
  return known;
}

/** It has no members. */
export function isNothing(value: AbstractValue): boolean {
  return value.kind === "constant" && (value.value === undefined || value.value === null);
}
