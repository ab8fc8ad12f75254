/**
 * Data of which `typeof` says one word alone: on the other side of a test it is not there. What
 * `typeof value === "string" ? seal(value) : value` passes on is missing, or a number, which other fields are.
 */
import type { Span } from "../base/location.js";
import type { ValueId } from "../contracts/file-graph.js";
import type { Fact } from "./fact.js";
import type { TypeofTest } from "./member-test.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { originOf } from "./value-places.js";

/** What is made of data may be something else than the data. */
const made: ReadonlySet<string> = new Set(["call", "unary", "binary"]);

export class TypeofWords {
  constructor(private readonly pointsTo: PointsTo) {}

  /** `below`: the first step from what is asked about to the data. */
  exclude(node: FunctionNode, test: TypeofTest, below: string | undefined, { state }: Fact): boolean {
    if (below !== undefined && below !== "<text>") return false;
    const word = below === "<text>" ? "string" : this.wordOf(node, test.value, state.field);
    return word !== null && word !== "" && (word === test.word) !== test.said;
  }

  private wordOf(node: FunctionNode, value: ValueId | null, field: string): string | null {
    const { resolver } = this.pointsTo;
    const span = value === null ? null : spanOf(node, originOf(node, value));
    const told = span === null ? null : (resolver.typeofAt?.(node.file, span) ?? null);
    if (told !== null) return told;
    // Where the type says nothing, it is what the field is declared as, unless somebody hands in something made of it.
    const declared = resolver.typeofField?.(field) ?? null;
    return declared === null || this.isGivenOther(node, value, declared) ? null : declared;
  }

  private isGivenOther(node: FunctionNode, value: ValueId | null, word: string): boolean {
    const definition = value === null ? undefined : node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return false;
    const { index } = definition.instruction;
    return this.pointsTo.callersOf(node).some(({ site: { caller, instruction } }) => {
      const argument = instruction.kind === "call" ? instruction.arguments[index] : undefined;
      const given = argument === undefined ? undefined : caller.definitions[originOf(caller, argument.value)];
      return (
        argument !== undefined &&
        given?.kind === "instruction" &&
        made.has(given.instruction.kind) &&
        this.pointsTo.resolver.typeofAt?.(caller.file, argument.at) !== word
      );
    });
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
    case "declare":
      return instruction.nameAt;
    default:
      return instruction.at;
  }
}
