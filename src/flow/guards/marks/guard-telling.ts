/** How a marked function answers, read from its written type, else from what its body returns. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { TypeReference } from "../../../contracts/type-reference.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { CallbackAnswer, Sort } from "./callback-answers.js";
import { callbackAnswerOf } from "./callback-answers.js";
import { givesCount } from "./counts.js";
import { decidingWords, type GuardWord, wordFor, wordsOfAll } from "./answer-words.js";
import type { Telling } from "./guard-mark.js";
import { wordsNamed } from "./named-words.js";
import { presencesMade, presencesWritten, type Presences } from "./object-presence.js";
import {
  literalOf,
  type Members,
  objectsIn,
  objectsOfType,
  partsMade,
  partsWritten,
  storesInto,
  wordsOfType,
} from "./object-words.js";
import { type Answers, answersOf, returnsOf, throws } from "./settled-answers.js";
import { type SilentParts, silentParts } from "./silent-parts.js";

const comparison = /^(?:[!=]==?|[<>]=?|in|instanceof)$/u;
const booleanMethod =
  /(?:^|\.)(?:Boolean|includes|some|every|has|test|startsWith|endsWith|isArray|isInteger|isNaN)$/u;
const deepest = 6;

export class GuardTellings {
  private readonly known = new Map<number, { readonly telling: Telling; readonly isAsync: boolean }>();

  constructor(private readonly pointsTo: PointsTo) {}

  of(node: FunctionNode): { readonly telling: Telling; readonly isAsync: boolean } {
    let found = this.known.get(node.index);
    if (found === undefined) {
      this.known.set(node.index, (found = { telling: "throw", isAsync: this.isAsync(node) }));
      const telling = this.tellingOf(node);
      const isByCallback = telling === "throw" && !throws(node) && this.callbackAnswerOf(node) !== null;
      found = { telling: isByCallback ? "callback" : telling, isAsync: found.isAsync };
      this.known.set(node.index, found);
    }
    return found;
  }

  callbackAnswerOf(node: FunctionNode): CallbackAnswer | null {
    return callbackAnswerOf(this.pointsTo, node, (inside, value) => this.sortOf(inside, value, 0));
  }

  isAsync(node: FunctionNode): boolean {
    if (node.graph.async) return true;
    const { returnType } = node.graph;
    if (returnType !== null) return isPromise(returnType);
    return returnsOf(node).some((value) => this.isPromiseValue(node, value, 0));
  }

  private isPromiseValue(node: FunctionNode, value: ValueId, depth: number): boolean {
    const definition = node.definitions[originOf(node, value)];
    if (depth > deepest || definition === undefined) return false;
    if (definition.kind === "phi")
      return definition.phi.inputs.some((input) => this.isPromiseValue(node, input.value, depth + 1));
    const { instruction, point } = definition;
    if (instruction.kind !== "call") return false;
    if (/\.(?:then|catch|finally)$|^Promise\./u.test(instruction.name)) return true;
    if (instruction.new && instruction.name === "Promise") return true;
    const site = this.pointsTo.findSite(node, point);
    return site !== undefined && [...site.edges.values()].some((edge) => edge.callee.graph.async);
  }

  private tellingOf(node: FunctionNode): Telling {
    const { returnType } = node.graph;
    const written = returnType === null ? null : sortOfType(content(returnType));
    const isNullable = returnType !== null && mayBeNothing(content(returnType));
    const answers = answersOf(this.pointsTo, node);
    if (this.isNeverFalse(answers) || this.isNeverRefusing(answers)) return "throw";
    if (written === "boolean") return "value";
    if (written === "nothing") return "throw";
    if (this.isCounting(node, written)) return "count";
    if (this.wordsOf(node).length > 0) return "words";
    const sorts = answers.values.map((each) => this.sortOf(each.node, each.value, 0));
    if (sorts.includes("boolean")) return "value";
    if (isNullable) return "presence";
    if (this.mayFail(node)) return "object";
    const given = sorts.filter((sort) => sort !== "nothing");
    if (given.length === 0) return "throw";
    if (sorts.includes("nothing")) return "presence";
    if (given.includes("object") || written === "object") {
      if (this.isDecidedInObject(node)) return "object";
      if (given.includes("object")) return "throw";
    }
    if (written === "object") return "throw";
    return answers.refuses || written === "unknown" ? "throw" : "value";
  }

  /** How many consents there are. What throws where there is none, or hands on what it has measured, is none such. */
  private isCounting(node: FunctionNode, written: Sort | null): boolean {
    return (
      (written === null || written === "unknown") &&
      !throws(node) &&
      givesCount(this.pointsTo, node, returnsOf(node))
    );
  }

  /** `return granted ? ok(guardian) : err("no")`: an object of a package that is to be asked how it came out. */
  private mayFail(node: FunctionNode): boolean {
    const { catalogue } = this.pointsTo;
    return returnsOf(node).some((value) =>
      [...this.pointsTo.valuesOf(node, value)].some(
        (each) =>
          each.kind === "foreign" &&
          catalogue
            .match(each.module, each.path, "type")
            .some(({ model }) => model.roles.some(({ kind }) => kind === "may-fail")),
      ),
    );
  }

  /** The words that a function answers with, if some of them refuse and others do not. */
  wordsOf(node: FunctionNode): readonly GuardWord[] {
    const { returnType } = node.graph;
    return decidingWords(
      (returnType === null ? null : wordsOfType(content(returnType))) ??
        wordsOfAll(returnsOf(node).map((value) => this.wordsIn(node, value, 0))) ??
        // What comes from a row is one of those that are written.
        (returnType === null
          ? null
          : wordsOfType(content(returnType), (name) => wordsNamed(this.pointsTo, node.file, name))),
    );
  }

  /** The properties of the objects that it answers with that say by being there how it came out. */
  presencesOf(node: FunctionNode): Presences {
    const { returnType } = node.graph;
    const parts = this.partsOf(node);
    const written = returnType === null ? null : objectsOfType(node.fileGraph, content(returnType), 0);
    if (written !== null) return presencesWritten(written, parts);
    const objects = returnsOf(node).map((value) => objectsIn(node, value));
    return objects.some((each) => each.length === 0)
      ? new Map()
      : presencesMade(node, objects.flat(), parts, (value) => this.wordsIn(node, value, 0));
  }

  /** The properties of them that say something else. */
  silentOf(node: FunctionNode): SilentParts {
    const { returnType } = node.graph;
    return silentParts({
      node,
      returned: returnsOf(node),
      types: returnType === null ? null : objectsOfType(node.fileGraph, content(returnType), 0),
      words: this.partsOf(node),
      isBooleanType: (type) => sortOfType(type) === "boolean",
      mayBeNothing,
      isBoolean: (value) => this.sortOf(node, value, 0) === "boolean",
    });
  }

  private wordsIn(node: FunctionNode, value: ValueId, depth: number): readonly GuardWord[] | null {
    const definition = node.definitions[originOf(node, value)];
    if (definition === undefined || depth > deepest) return null;
    if (definition.kind === "phi")
      return wordsOfAll(definition.phi.inputs.map((input) => this.wordsIn(node, input.value, depth + 1)));
    const { instruction } = definition;
    const folded = foldedConstant(this.pointsTo, node, value);
    if (typeof folded?.value === "string") return [wordFor(folded.value, folded.value)];
    // `ConsentState.Refused`, where the members are numbers
    return typeof folded?.value === "number" &&
      instruction.kind === "load" &&
      instruction.property.kind === "name"
      ? [wordFor(folded.value, instruction.property.name)]
      : null;
  }

  /** `if (!granted) throw …; return true`: it need not be tested. */
  private isNeverFalse({ values, refuses }: Answers): boolean {
    return (
      refuses &&
      values.length > 0 &&
      values.every(({ node, value }) => {
        const definition = node.definitions[originOf(node, value)];
        return (
          definition?.kind === "instruction" &&
          definition.instruction.kind === "constant" &&
          definition.instruction.value === true
        );
      })
    );
  }

  /** `if (!granted) throw …; return "granted"`: neither need it, whatever the written type has besides. */
  private isNeverRefusing({ values, refuses }: Answers): boolean {
    if (!refuses) return false;
    const words = wordsOfAll(values.map(({ node, value }) => this.wordsIn(node, value, 0)));
    return words !== null && words.every(({ isRefusal }) => !isRefusal);
  }

  private sortOf(node: FunctionNode, value: ValueId, depth: number): Sort {
    const definition = node.definitions[originOf(node, value)];
    if (definition === undefined || depth > deepest) return "unknown";
    if (definition.kind === "phi") {
      const sorts = definition.phi.inputs.map((input) => this.sortOf(node, input.value, depth + 1));
      if (sorts.includes("boolean")) return "boolean";
      const given = sorts.filter((sort) => sort !== "nothing");
      return given[0] ?? "nothing";
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "constant":
        if (instruction.type === "boolean") return "boolean";
        return instruction.value === null ? "nothing" : "unknown";
      case "unary":
        return instruction.operator === "!" ? "boolean" : "unknown";
      case "binary":
        return comparison.test(instruction.operator) ? "boolean" : "unknown";
      case "object":
        return "object";
      case "await":
        return this.sortOf(node, instruction.value, depth + 1);
      case "call": {
        if (booleanMethod.test(instruction.name)) return "boolean";
        const edges = [...(this.pointsTo.findSite(node, point)?.edges.values() ?? [])];
        if (edges.length === 0) return "unknown";
        const tellings = edges.map((edge) => this.of(edge.callee).telling);
        return tellings.every((telling) => telling === "value") ? "boolean" : "unknown";
      }
      default:
        return "unknown";
    }
  }

  /** The words that stand in properties of the objects that it answers with, each of some. */
  partsOf(node: FunctionNode): ReadonlyMap<string, readonly GuardWord[]> {
    const made = partsMade(
      node,
      returnsOf(node).flatMap((value) => objectsIn(node, value)),
      (value) => this.wordsIn(node, value, 0),
    );
    if (made.size > 0 || throws(node) || node.graph.returnType === null) return made;
    // What is not made here is as it is written: as long as some of the words are known, it says how it came out.
    return partsWritten(node.fileGraph, content(node.graph.returnType));
  }

  /** `{ granted: row.granted }`, `{ status: "refused" }`: the object says how it came out. */
  private isDecidedInObject(node: FunctionNode): boolean {
    if (this.partsOf(node).size > 0) return true;
    const { returnType } = node.graph;
    const written = returnType === null ? null : objectsOfType(node.fileGraph, content(returnType), 0);
    const words = new Map<string, Set<unknown>>();
    for (const object of returnsOf(node).flatMap((value) => objectsIn(node, value)))
      for (const { value, property } of storesInto(node, object)) {
        const literal = literalOf(node, value);
        if (literal === undefined && this.isAnswer(node, value, property, written)) return true;
        words.set(property, (words.get(property) ?? new Set<unknown>()).add(literal));
      }
    return [...words.values()].some((values) => {
      const literals = [...values].filter((each) => each !== undefined);
      // `{ granted: row.granted }` here and `{ granted: false }` there
      const isMixed =
        !throws(node) && values.has(undefined) && literals.some((each) => typeof each === "boolean");
      return literals.length > 1 || isMixed;
    });
  }

  /**
   * What is put there may be true or false, or is called by what a guardian says. Of a function that throws where there
   * is no consent a property that is only declared so may say anything else: whether a newsletter is wanted.
   */
  private isAnswer(
    node: FunctionNode,
    value: ValueId,
    property: string,
    written: readonly Members[] | null,
  ): boolean {
    if (this.sortOf(node, value, 0) === "boolean") return true;
    if (throws(node)) return false;
    const types = (written ?? []).flatMap((members) => members.filter(({ name }) => name === property));
    return (
      types.some(({ type }) => type !== null && sortOfType(type) === "boolean") ||
      (types.length === 0 && wordFor(property, property).isGrant)
    );
  }
}

function isPromise(type: TypeReference): boolean {
  return type.kind === "named" && /^Promise(?:Like)?$/u.test(type.name);
}

/** What a promise of the type is fulfilled with. */
export function content(type: TypeReference): TypeReference {
  return isPromise(type) && type.kind === "named" ? (type.arguments[0] ?? { kind: "other" }) : type;
}

function mayBeNothing(type: TypeReference): boolean {
  return type.kind === "union" && type.members.some((member) => sortOfType(member) === "nothing");
}

export function sortOfType(type: TypeReference): Sort {
  switch (type.kind) {
    case "keyword":
      if (type.name === "boolean") return "boolean";
      return /^(?:void|undefined|null|never|asserts.*)$/u.test(type.name) ? "nothing" : "unknown";
    case "literal":
      if (typeof type.value === "boolean") return "boolean";
      return type.value === null ? "nothing" : "unknown";
    case "union": {
      const sorts = type.members.map(sortOfType);
      if (sorts.includes("boolean")) return "boolean";
      return sorts.find((sort) => sort !== "nothing") ?? "nothing";
    }
    case "object":
    case "named":
      return "object";
    default:
      return "unknown";
  }
}
