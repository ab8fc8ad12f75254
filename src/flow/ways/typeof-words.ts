/**
 * Data of which `typeof` says one word alone: on the other side of a test it is not there. What
 * `typeof value === "string" ? seal(value) : value` passes on is missing, or a number, which other fields are.
 */
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { wordsOf } from "./declared-words.js";
import type { IsConverted } from "./converted-fields.js";
import type { Fact } from "../tabulation/fact.js";
import { listWord } from "./member-test.js";
import type { TypeofTest } from "./member-test.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isIndex, isPropertyName } from "../paths/path-components.js";
import { definitionOf, originOf } from "../paths/value-places.js";

const deepest = 4;

/** What lists have beside their elements: those that a regular expression gives, and the texts of a template. */
const namesInLists: ReadonlySet<string> = new Set(["groups", "input", "raw"]);

export class TypeofWords {
  constructor(private readonly pointsTo: PointsTo) {}

  /**
   * `below`: the first step from what is asked about to the data. What has been said before of the same value rules
   * out some of what it may be: a list of texts that is neither a text nor a list is not there.
   */
  exclude(
    node: FunctionNode,
    tests: readonly [TypeofTest, ...TypeofTest[]],
    below: string | undefined,
    { state }: Fact,
    isConverted: IsConverted,
  ): boolean {
    const [test] = tests;
    if (below !== undefined && below !== "<text>")
      return test.word === listWord && test.said && isPropertyName(below) && !namesInLists.has(below);
    const { resolver } = this.pointsTo;
    const span = test.value === null ? null : spanOf(node, originOf(node, test.value));
    const typed = span === null ? null : (resolver.typeofAt?.(node.file, span) ?? null);
    const told = below === "<text>" ? "string" : typed === "" ? null : typed;
    // Where the type says nothing, or that it is one of several, it is what the field is declared as, unless something
    // else is made of it.
    const declared = told === null ? wordsOf(resolver, state.field) : [told];
    const isField = told === null && this.isItself(node, test.value, state.field, 0);
    // The field itself is none of its elements.
    const words = isField ? declared.slice(0, 1) : declared;
    const isLeft = (word: string): boolean =>
      word === "" || tests.every((each) => isSaidOf(word, each.word) === each.said);
    const isAsked = words.some((word) => isSaidOf(word, test.word) !== test.said);
    return isAsked && !words.some(isLeft) && (told !== null || isField || !isConverted());
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

/** Of a field's words, that of an object stands for a list. */
function isSaidOf(word: string, asked: string): boolean {
  return word === asked || (word === "object" && asked === listWord);
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
