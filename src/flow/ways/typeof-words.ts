/**
 * Data of which `typeof` says one word alone: on the other side of a test it is not there. What
 * `typeof value === "string" ? seal(value) : value` passes on is missing, or a number, which other fields are.
 */
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { wordsOf } from "./declared-words.js";
import type { IsConverted } from "./converted-fields.js";
import type { Fact } from "../tabulation/fact.js";
import type { TypeofTest } from "./member-test.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isIndex } from "../paths/path-components.js";
import { definitionOf, originOf } from "../paths/value-places.js";

const deepest = 4;

export class TypeofWords {
  constructor(private readonly pointsTo: PointsTo) {}

  /** `below`: the first step from what is asked about to the data. */
  exclude(
    node: FunctionNode,
    test: TypeofTest,
    below: string | undefined,
    { state }: Fact,
    isConverted: IsConverted,
  ): boolean {
    if (below !== undefined && below !== "<text>") return false;
    const { resolver } = this.pointsTo;
    const span = test.value === null ? null : spanOf(node, originOf(node, test.value));
    const told =
      below === "<text>" ? "string" : span === null ? null : (resolver.typeofAt?.(node.file, span) ?? null);
    // Where the type says nothing, it is what the field is declared as, unless something else is made of it.
    const words = told === null ? wordsOf(resolver, state.field) : [told];
    if (words.length === 0 || words.some((word) => word === "" || (word === test.word) === test.said))
      return false;
    return told !== null || this.isItself(node, test.value, state.field, 0) || !isConverted();
  }

  /** The value is read as the property that the field is, here or where each caller hands it in. */
  private isItself(node: FunctionNode, value: ValueId | null, field: string, depth: number): boolean {
    const definition = value === null || depth > deepest ? null : definitionOf(node, value);
    if (definition?.kind === "load" && definition.property.kind === "name") {
      const name = this.pointsTo.annotations.fields.get(field)?.name ?? "";
      return name.endsWith(`.${definition.property.name}`);
    }
    if (definition?.kind !== "parameter") return false;
    const callers = this.pointsTo.callersOf(node);
    return (
      callers.length > 0 &&
      callers.every(({ site: { caller, instruction } }) => {
        const given = instruction.kind === "call" ? instruction.arguments[definition.index] : undefined;
        return given !== undefined && !given.spread && this.isItself(caller, given.value, field, depth + 1);
      })
    );
  }
}

/** Where the type of a value is asked for; null: it has no place of its own. */
function spanOf(node: FunctionNode, value: ValueId): Span | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "parameter":
      return node.graph.parameters[instruction.index]?.nameAt ?? null;
    case "load":
      // The name of an element is its key.
      return instruction.property.kind === "name" && !isIndex(instruction.property.name)
        ? instruction.nameAt
        : instruction.at;
    case "declare":
      return instruction.nameAt;
    default:
      return instruction.at;
  }
}
