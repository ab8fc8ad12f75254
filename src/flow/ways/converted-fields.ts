/**
 * Fields of which the program makes something of another type than the one that they are declared with: `Number(year)`,
 * `name.split(" ")`. Of those it is not known what `typeof` says of a value without a type. It is found out only of
 * fields that are asked for, since types are dear; what is sealed is asked for by itself.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import { wordsOf } from "./declared-words.js";
import { isElement } from "../points-to/alias-names.js";
import type { Fact, State } from "../tabulation/fact.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Asks whether something of another type is made of the field of a fact. */
export type IsConverted = () => boolean;

export const mayBeConverted: IsConverted = () => true;

const making: ReadonlySet<string> = new Set(["binary", "call", "template", "unary"]);

/** Instructions of one function. */
const mostPoints = 2 ** 24;

interface Place {
  readonly node: FunctionNode;
  readonly point: number;
}

export class ConvertedFields {
  private readonly converted = new Set<string>();
  /** Where something is made of a field, not looked at yet. */
  private readonly places = new Map<string, Map<number, Place>>();
  /** Who was told that a field is not converted. */
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** Answers for a field; what `again` gives is called once the answer is another. */
  asked(state: State, again: () => () => void): IsConverted {
    return () => {
      const key = keyOf(state);
      for (const place of this.places.get(key)?.values() ?? []) this.lookAt(state, place);
      this.places.delete(key);
      if (this.converted.has(key)) return true;
      const list = this.waiting.get(key);
      if (list === undefined) this.waiting.set(key, new Set([again()]));
      else list.add(again());
      return false;
    };
  }

  /** A fact came about behind an instruction. */
  note(node: FunctionNode, point: number, { base, path, state }: Fact): void {
    if (base < 0 || !making.has(node.code[point]?.kind ?? "") || !path.components.every(isElement)) return;
    const key = keyOf(state);
    if (this.converted.has(key)) return;
    // Elements stay what they are, unless the library makes something of each: `years.map(Number)`.
    if (path.components.length > 0 && this.pointsTo.findSite(node, point)?.foreignCallbacks.size === 0)
      return;
    if (this.waiting.has(key)) {
      this.lookAt(state, { node, point });
      return;
    }
    let places = this.places.get(key);
    if (places === undefined) this.places.set(key, (places = new Map<number, Place>()));
    const place = node.index * mostPoints + point;
    if (!places.has(place)) places.set(place, { node, point });
  }

  private lookAt(state: State, { node, point }: Place): void {
    const key = keyOf(state);
    const instruction = node.code[point];
    const site = this.pointsTo.findSite(node, point);
    // What a function of the program makes is seen in that function.
    const isOwn = site !== undefined && site.edges.size > 0 && site.foreign.size === 0;
    if (instruction === undefined || isOwn || isTakenOut(instruction) || this.converted.has(key)) return;
    const { resolver } = this.pointsTo;
    const declared = wordsOf(resolver, state.field);
    const made = resolver.typeofAt?.(node.file, instruction.at);
    // Of a list and of an object no more is said than that it is neither a text nor a number.
    if (
      declared.length === 0 ||
      declared.includes(made === "" && declared.includes("object") ? "object" : (made ?? "?"))
    )
      return;
    this.converted.add(key);
    const list = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    for (const again of list) again();
  }
}

/** What is taken or chosen out of a list or a map, or waited for in a promise, is what was put there. */
function isTakenOut(instruction: Instruction): boolean {
  if (instruction.kind !== "call") return false;
  if (/^Promise(?:$|\.)/u.test(instruction.name)) return true;
  return (
    instruction.receiver !== null &&
    /\.(?:at|filter|find|findLast|pop|shift|then|catch|finally)$/u.test(instruction.name)
  );
}

const keys = new WeakMap<State, string>();

function keyOf(state: State): string {
  let key = keys.get(state);
  if (key === undefined) keys.set(state, (key = `${state.protection.kind}|${state.field}`));
  return key;
}
