/**
 * Handlers that are run for every kind of request, and ask which it is: `if (req.method === "DELETE")`, `switch
 * (form.get("intent"))`, `handlers[intent]()`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { comingTo, dominatorsOf } from "../guards/ages/dominators.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import type { Passage } from "../guards/open-way.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { givenProperties } from "../heap/given-properties.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";

const names = /^(?:method|httpMethod)$/u;

/** What the button of a form says that is to be done. */
const intents = /^_?(?:intent|action|form_?action|op|operation)$/iu;

const deepest = 6;

export class RequestWords {
  constructor(private readonly pointsTo: PointsTo) {}

  /** The method that the request was found to have wherever control comes to the passage: `DELETE`. */
  methodAt(passages: readonly Passage[], index: number): string | null {
    const asked = this.askedAt(passages, index, (node, value) => isMethod(node, value));
    const words = asked.find((each) => each.length === 1) ?? asked[0];
    return words?.join("/").toUpperCase() ?? null;
  }

  /**
   * What the form was found to want, each time one of some words: `delete-account`; what is told to have happened
   * (`photo.deleted`) is no wish.
   */
  wishesAt(passages: readonly Passage[], index: number): readonly (readonly string[])[] {
    const isAsked = (_: FunctionNode, value: ValueId): boolean => this.isIntent(passages, index, value);
    return this.askedAt(passages, index, isAsked).filter((words) => !words.some((word) => isOver(word)));
  }

  private askedAt(
    passages: readonly Passage[],
    index: number,
    isAsked: IsAsked,
  ): readonly (readonly string[])[] {
    const passage = passages[index];
    if (passage === undefined) return [];
    const { node, point } = passage;
    const block = node.blockOf[point] ?? 0;
    const asked = (from: number, to: number): string | null => this.wordBetween(node, from, to, isAsked);
    const called = passages[index - 1]?.node;
    return [
      ...wordsPassed(node, block, asked).map((word) => [word]),
      ...nearestWords(node, block, asked),
      ...(called === undefined ? [] : this.keysOf(passage, called, isAsked)).map((key) => [key]),
    ].filter((words) => words.length > 0);
  }

  /** What was found out where control goes from one block to another one. */
  private wordBetween(node: FunctionNode, from: number, to: number, isAsked: IsAsked): string | null {
    const end = node.graph.blocks[from]?.end;
    if (end?.kind !== "branch" || end.test !== "truthy" || end.then === end.else) return null;
    const asked = this.comparedWord(node, end.value, isAsked);
    return asked !== null && node.blockById.get(asked.side ? end.then : end.else) === to ? asked.word : null;
  }

  /** What is asked about, and the side on which it is that: true where the comparison holds. */
  private comparedWord(
    node: FunctionNode,
    value: ValueId,
    isAsked: IsAsked,
  ): { readonly word: string; readonly side: boolean } | null {
    const definition = definitionOf(node, value);
    if (definition?.kind !== "binary" || !/^[!=]==?$/u.test(definition.operator)) return null;
    const { operator, left, right } = definition;
    const other = isAsked(node, left) ? right : isAsked(node, right) ? left : null;
    const word = other === null ? null : this.wordOf(node, other);
    return word === null ? null : { word, side: operator.startsWith("=") };
  }

  /** `"delete"`, `REMOVE`, `Intent.Delete`; a member of an enum that counts says it by its name. */
  private wordOf(node: FunctionNode, value: ValueId): string | null {
    const word = foldedConstant(this.pointsTo, node, value)?.value;
    if (typeof word === "string") return word;
    const definition = definitionOf(node, value);
    const isCounted = typeof word === "number" && definition?.kind === "load";
    return isCounted && definition.property.kind === "name" ? definition.property.name : null;
  }

  /** `form.get("intent")`, `String(form.get("_action") ?? "")`, `values.intent?.trim()`, also where it is handed on. */
  private isIntent(passages: readonly Passage[], index: number, value: ValueId, depth = 0): boolean {
    const node = passages[index]?.node;
    if (depth > deepest || node === undefined) return false;
    const isPart = (part: ValueId): boolean => this.isIntent(passages, index, part, depth + 1);
    const defined = node.definitions[originOf(node, value)];
    if (defined?.kind === "phi") {
      const chosen = defined.phi.inputs.filter((each) => definitionOf(node, each.value)?.kind !== "constant");
      return chosen.length > 0 && chosen.every((each) => isPart(each.value));
    }
    if (defined?.kind !== "instruction") return false;
    const { instruction } = defined;
    if (instruction.kind === "load")
      return instruction.property.kind === "name" && intents.test(instruction.property.name);
    if (instruction.kind === "parameter")
      return this.isIntentGiven(passages, index, instruction.index, depth);
    // `String(intent)`
    if (instruction.kind === "template" && instruction.texts.every((text) => text === "")) {
      const [whole, ...others] = instruction.values;
      return whole !== undefined && others.length === 0 && isPart(whole);
    }
    if (instruction.kind !== "call") return false;
    const [first] = instruction.arguments;
    if (first === undefined) return instruction.receiver !== null && isPart(instruction.receiver);
    if (instruction.name.endsWith(".parse")) return isPart(first.value);
    const key = /\.get$/u.test(instruction.name) ? textNamed(node, first.value) : null;
    return key !== null && intents.test(key);
  }

  /** `function act(intent: string)`: by whoever asks, or by the call that the way goes through. */
  private isIntentGiven(
    passages: readonly Passage[],
    index: number,
    parameter: number,
    depth: number,
  ): boolean {
    const node = passages[index]?.node;
    const before = passages[index + 1];
    if (node === undefined) return false;
    if (before === undefined) return intents.test(node.graph.parameters[parameter]?.name ?? "");
    const edges = [...(this.pointsTo.findSite(before.node, before.point)?.edges.values() ?? [])];
    const given = edges
      .filter(({ callee }) => callee === node)
      .flatMap((edge) => argumentsFor(edge, parameter));
    return (
      given.length > 0 && given.every(({ value }) => this.isIntent(passages, index + 1, value, depth + 1))
    );
  }

  /** `handlers[intent](form)`: the names under which what is called stands. */
  private keysOf({ node, point }: Passage, called: FunctionNode, isAsked: IsAsked): readonly string[] {
    const call = node.code[point];
    const loaded = call?.kind === "call" ? definitionOf(node, call.callee) : null;
    if (loaded?.kind !== "load" || loaded.property.kind !== "computed") return [];
    if (!isAsked(node, loaded.property.value)) return [];
    const isCalled = (each: AbstractValue): boolean =>
      each.kind === "function" && each.function.closureIndex === called.closureIndex;
    const keys = [...this.pointsTo.valuesOf(node, loaded.object)]
      .flatMap((object) => givenProperties(this.pointsTo, object))
      .flatMap(({ names: under, values }) => ([...values].some(isCalled) ? under : []));
    const words = keys.flatMap((key) =>
      key.kind === "constant" && typeof key.value === "string" ? [key.value] : [],
    );
    return words.length < keys.length ? [] : [...new Set(words)];
  }
}

type WordBetween = (from: number, to: number) => string | null;

/** What was found out on every way to the block. */
function wordsPassed(node: FunctionNode, block: number, asked: WordBetween): readonly string[] {
  const passed = dominatorsOf(node)[block] ?? new Set<number>();
  return [...passed].flatMap((to) => {
    const [from, ...others] = comingTo(node)[to] ?? [];
    return from === undefined || others.length > 0 ? [] : (asked(from, to) ?? []);
  });
}

/**
 * On each way to the block, what was found out last; none, where some way finds out nothing. Whatever leads to one place
 * (`case "leave": case "delete-all":`) is done for each of the words.
 */
function nearestWords(node: FunctionNode, block: number, asked: WordBetween): readonly (readonly string[])[] {
  const seen = new Set([block]);
  const words = new Set<string>();
  const places = new Set<number>();
  for (const to of seen) {
    if (to === 0) return [];
    for (const from of comingTo(node)[to] ?? []) {
      const word = asked(from, to);
      if (word === null) seen.add(from);
      else {
        words.add(word);
        places.add(behindEmpty(node, to));
      }
    }
  }
  return places.size === 1 ? [...words].map((word) => [word]) : [[...words]];
}

/** Past blocks in which nothing is done. */
function behindEmpty(node: FunctionNode, block: number): number {
  let at = block;
  for (let hops = 0; hops < node.graph.blocks.length; hops++) {
    const { instructions = [], phis = [], end } = node.graph.blocks[at] ?? {};
    if (end?.kind !== "jump" || instructions.length + phis.length > 0) break;
    at = node.blockById.get(end.to) ?? at;
  }
  return at;
}

type IsAsked = (node: FunctionNode, value: ValueId) => boolean;

function isMethod(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return definition.property.kind === "name" && names.test(definition.property.name);
  // `method.toUpperCase()`
  return definition?.kind === "call" && definition.receiver !== null && isMethod(node, definition.receiver);
}

function textNamed(node: FunctionNode, value: ValueId): string | null {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && typeof definition.value === "string" ? definition.value : null;
}

/** A participle among the words: `deleted`, `erasure-requested`; no such is `feed`, `bed`, `shed`. */
function isOver(wish: string): boolean {
  const words = wish
    .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .match(/[a-z]+/gu);
  return words?.some((word) => /[aeiouy][a-z]*ed$/u.test(word) && !things.test(word)) === true;
}

/** Words that only end like a participle. */
const things =
  /^(?:embed|imbed|seabed|hotbed|testbed|flowerbed|daybed|sickbed|roadbed|hundred|sacred|naked|wicked|biped|moped|aged|kindred|hatred|infrared|newlywed|watershed|woodshed|bloodshed|toolshed|\w*(?<!agr|fr|decr|guarant|pedigr|refer|sight)eed)$/u;
