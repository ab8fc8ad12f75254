/**
 * Data read under a key that the program tests: behind `const value = row[key]` it is known that `key` was the name of
 * the property, so `if (key === "email") continue` ends what came from `email`, and `copy[key] = value` writes it under
 * its own name.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import type { Fact, KeyNote, KeyPlace, State } from "../tabulation/fact.js";
import type { Contexts } from "../contexts/contexts.js";
import { PassedFilters } from "./passed-filters.js";
import { isSamePlace, originOf, placeOf } from "./key-places.js";
import { keyedCallee } from "../points-to/keyed-lookups.js";
import { isIndex, pairKey } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { operandsOf } from "../program/operands.js";
import type { StaticConditions } from "../ways/static-conditions.js";

/** Texts of which a key in the program may be the value of another type. */
const otherValues = new Set(["true", "false", "null", "undefined"]);

export class KeyNotes {
  private readonly filters: PassedFilters;
  private readonly asked = new Map<FunctionNode, ReadonlySet<string>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly conditions: StaticConditions,
    contexts: Contexts,
  ) {
    this.filters = new PassedFilters(pointsTo, contexts, (asked, name, context) =>
      conditions.truthOfResult(asked, 0, name, false, context),
    );
  }

  /**
   * The note of what is read at `point` under `name`, if the function asks for the key; "never" where control does not
   * come there with this key.
   */
  ofRead(
    node: FunctionNode,
    context: Context,
    point: number,
    place: KeyPlace,
    name: string,
  ): KeyNote | "never" | null {
    if (!isPlainName(name)) return null;
    if (this.filters.leaveOut(node, context, place, name)) return "never";
    this.askedIn(node);
    const { asked } = this;
    if (asked.get(node)?.has(keyOf(place)) !== true) return null;
    const note = { place, name };
    const block = node.blockOf[point] ?? 0;
    return this.conditions.comesTo(node, context, note, block) ? note : "never";
  }

  /** What is known of the key of a fact, be it noted or part of a pair. */
  ofFact(node: FunctionNode, fact: Fact): KeyNote | null {
    if (fact.state.key !== null) return fact.state.key;
    const name = fact.base < 0 ? null : pairKey(fact.path.components[0] ?? "");
    if (name === null || !isPlainName(name)) return null;
    return { place: { value: originOf(node, fact.base), isPair: true }, name };
  }

  /** The name that a key has where it is noted. */
  nameOf(node: FunctionNode, key: ValueId, { key: note }: State): string | null {
    return note !== null && isSamePlace(placeOf(node, key), note.place) ? note.name : null;
  }

  /** The point at which the key is made anew; -1 where it is not. */
  pointOf(node: FunctionNode, { place }: KeyNote): number {
    const definition = node.definitions[place.value];
    return definition?.kind === "instruction" ? definition.point : -1;
  }

  /** Does the key become another one at the start of the block? */
  isMadeAt(node: FunctionNode, { place }: KeyNote, block: number): boolean {
    const definition = node.definitions[place.value];
    return definition?.kind === "phi" && definition.block === block;
  }

  /** The keys that the function compares, looks up, or writes under. */
  private askedIn(node: FunctionNode): ReadonlySet<string> {
    const known = this.asked.get(node);
    if (known !== undefined) return known;
    const found = new Set<string>();
    node.code.forEach((instruction, point) => {
      for (const value of this.askingOperands(node, instruction, point))
        found.add(keyOf(placeOf(node, value)));
    });
    for (const { end } of node.graph.blocks)
      if (end.kind === "branch") found.add(keyOf(placeOf(node, end.value)));
    this.asked.set(node, found);
    return found;
  }

  private askingOperands(node: FunctionNode, instruction: Instruction, point: number): readonly ValueId[] {
    switch (instruction.kind) {
      case "binary":
      case "unary":
        return operandsOf(instruction);
      case "store":
        if (instruction.property.kind === "computed") return [instruction.property.value];
        return instruction.initial &&
          instruction.property.kind === "name" &&
          instruction.property.name === "0"
          ? [instruction.value]
          : [];
      case "call": {
        const keyed = keyedCallee(node, instruction.callee);
        const operands = this.mayTell(node, instruction, point) ? operandsOf(instruction) : [];
        return keyed === null ? operands : [...operands, keyed.key];
      }
      default:
        return [];
    }
  }

  /** A function of the project, or one that looks something up. */
  private mayTell(
    node: FunctionNode,
    { name }: Extract<Instruction, { kind: "call" }>,
    point: number,
  ): boolean {
    return (
      /\.(?:has|includes|startsWith|endsWith|test|exec|match|search|to(?:Locale)?(?:Low|Upp)erCase)$/u.test(
        name,
      ) || (this.pointsTo.findSite(node, point)?.edges.size ?? 0) > 0
    );
  }
}

function keyOf({ value, isPair }: KeyPlace): string {
  return `${String(value)}${isPair ? ".0" : ""}`;
}

/** A property as it is written, which no key of another type means too. */
function isPlainName(name: string): boolean {
  return (
    name !== "" &&
    !isIndex(name) &&
    !/^[[<{=^*#!]/u.test(name) &&
    !/^[gs]et /u.test(name) &&
    !otherValues.has(name)
  );
}
