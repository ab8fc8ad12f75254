/**
 * Lists that are made smaller: what a filter leaves of a list, what stays of it when something is taken out, an empty one.
 * Whatever is made anew of a list (`map`), or put to it, may keep what was there.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { laterPoints } from "../program/later-points.js";
import type { FunctionNode } from "../program/program.js";
import { leavesSome } from "./lists-by-callbacks.js";

/** Of a list that is asked about: all of it, some of it, or nothing at all. */
export type Left = "whole" | "less" | "nothing";

type IsList = (node: FunctionNode, value: ValueId) => boolean;

interface Place {
  readonly node: FunctionNode;
  /** Where it is asked: what is taken out behind it is not yet gone. */
  readonly at: number | null;
  readonly depth: number;
  readonly seen: ReadonlySet<ValueId>;
}

const deepest = 8;
const leavingOut = /\.(?:filter|slice|toSpliced)$/u;
/** Functions of packages that are given the list. */
const leavingOutOf = /(?:^|\.)(?:filter|reject|without|difference(?:By|With)?|drop(?:Right)?(?:While)?)$/u;
/** The same list in another order or form. */
const keeping = /\.(?:sort|toSorted|reverse|toReversed|toObject|toJSON|toArray)$/u;
const keepingOf = /^(?:structuredClone|Array\.from|JSON\.(?:parse|stringify)|(?:\w+\.)?cloneDeep)$/u;
const takingOut = /\.(?:splice|pop|shift)$/u;
const takingOutOf = /(?:^|\.)(?:remove|pull(?:All|At)?(?:By|With)?)$/u;

export class LesserLists {
  constructor(
    private readonly pointsTo: PointsTo,
    /** It is the list itself, as it was. */
    private readonly isList: IsList,
  ) {}

  /** What a value has of the list at a point; null: it may have something else. */
  leftAt(node: FunctionNode, value: ValueId, at: number | null): Left | null {
    return this.left({ node, at, depth: 0, seen: new Set() }, value);
  }

  private left(place: Place, value: ValueId): Left | null {
    const { node, at } = place;
    const origin = originOf(node, value);
    if (place.depth > deepest || place.seen.has(origin)) return null;
    const found = this.isList(node, origin)
      ? "whole"
      : this.made({ ...place, depth: place.depth + 1, seen: new Set([...place.seen, origin]) }, origin);
    return found === "whole" && this.isTakenFrom(node, origin, at) ? "less" : found;
  }

  /** Something is taken out of it before: `kids.splice(at, 1)`, `_.remove(kids, …)`, `kids.length = 0`; null: of the list itself. */
  isTakenFrom(node: FunctionNode, list: ValueId | null, at: number | null): boolean {
    const isItself = list === null || this.isList(node, list);
    const isSame = (value: ValueId): boolean => {
      const origin = originOf(node, value);
      return origin === list || (isItself && this.isList(node, origin));
    };
    return node.code.some(
      (each, point) =>
        this.takes(node, each, point, isSame) &&
        (at === null || laterPoints(node, point, new Set()).reaches(at)),
    );
  }

  private takes(
    node: FunctionNode,
    each: Instruction,
    point: number,
    isSame: (value: ValueId) => boolean,
  ): boolean {
    if (each.kind === "store")
      return (
        each.property.kind === "name" &&
        each.property.name === "length" &&
        isNone(node, each.value) &&
        isSame(each.object)
      );
    if (each.kind !== "call") return false;
    const { receiver, arguments: given, name } = each;
    const [first, second] = given;
    if (receiver !== null && takingOut.test(name))
      return !(given.length > 2 || (second !== undefined && isNone(node, second.value))) && isSame(receiver);
    return (
      first !== undefined &&
      takingOutOf.test(name) &&
      (this.pointsTo.findSite(node, point)?.foreign.size ?? 0) > 0 &&
      isSame(first.value)
    );
  }

  private made(place: Place, origin: ValueId): Left | null {
    const { node } = place;
    const definition = node.definitions[origin];
    if (definition?.kind === "phi")
      return join(definition.phi.inputs.map((input) => this.left(place, input.value)));
    switch (definition?.instruction.kind) {
      case "constant":
        return "nothing";
      case "await":
        return this.left(place, definition.instruction.value);
      case "array":
        return this.put(place, definition.instruction);
      case "call":
        return this.called(place, definition.instruction, definition.point);
      default:
        return null;
    }
  }

  /** `[...kids.slice(0, at), ...kids.slice(at + 1)]`, or an empty one into which a loop puts some of them. */
  private put(place: Place, { out }: InstructionOf<"array">): Left | null {
    const { node } = place;
    const parts: (Left | null)[] = [];
    for (const [point, each] of node.code.entries()) {
      // Whoever has it may put something into it.
      if (each.kind === "function" && each.captures.some((value) => originOf(node, value) === out))
        return null;
      if (this.isGivenToOwn(node, each, point, out)) return null;
      if (each.kind === "append-elements" && each.target === out) parts.push(this.left(place, each.source));
      else if (each.kind === "store" && originOf(node, each.object) === out) return null;
      else if (each.kind === "call" && each.receiver !== null && originOf(node, each.receiver) === out) {
        if (/\.(?:push|unshift)$/u.test(each.name)) parts.push(this.someOf(place, each, point));
      }
    }
    return parts.length === 0 ? "nothing" : join(parts);
  }

  private isGivenToOwn(node: FunctionNode, each: Instruction, point: number, list: ValueId): boolean {
    if (each.kind !== "call" || !each.arguments.some(({ value }) => originOf(node, value) === list))
      return false;
    return this.pointsTo.findSite(node, point)?.edges.size !== 0;
  }

  /** `for (const kid of kids) if (kid.id !== id) others.push(kid)` */
  private someOf(place: Place, { arguments: given }: InstructionOf<"call">, point: number): Left | null {
    const { node } = place;
    const isSome = given.every(({ value }) => {
      const definition = node.definitions[originOf(node, value)];
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "iterate") return false;
      const isChosen = node.blockOf[definition.point] !== node.blockOf[point];
      return isChosen && this.left(place, definition.instruction.object) !== null;
    });
    return isSome && given.length > 0 ? "less" : null;
  }

  private called(place: Place, call: InstructionOf<"call">, point: number): Left | null {
    const { node } = place;
    const { name, receiver, arguments: given } = call;
    const own = receiver === null ? null : this.left(place, receiver);
    if (own !== null) {
      if (leavingOut.test(name)) return isAll(node, call) ? own : "less";
      if (keeping.test(name)) return own;
      if (leavesSome(this.pointsTo, node, call)) return "less";
      return own === "less" && name.endsWith(".map") ? own : null;
    }
    const handed = given.map(({ value }) => this.left(place, value));
    if (keepingOf.test(name)) return given.length === 1 ? (handed[0] ?? null) : null;
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined || !handed.some((each) => each === "whole" || each === "less")) return null;
    if (site.edges.size === 0) return site.foreign.size > 0 && leavingOutOf.test(name) ? "less" : null;
    return join([...site.edges.values()].map(({ callee }) => this.given(callee, handed)));
  }

  /** What an own function gives back of a list that it is handed. */
  private given(callee: FunctionNode, handed: readonly (Left | null)[]): Left | null {
    const lists = new LesserLists(this.pointsTo, (node, value) => {
      const made = definitionOf(node, value);
      return node === callee && made?.kind === "parameter" && (handed[made.index] ?? null) !== null;
    });
    const results = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
    return join(results.map((value) => (value === null ? null : lists.leftAt(callee, value, null))));
  }
}

/** What may be one or the other, or is put together of them. */
function join(parts: readonly (Left | null)[]): Left | null {
  if (parts.length === 0 || parts.includes(null)) return null;
  if (parts.includes("less")) return "less";
  return parts.includes("whole") ? "whole" : "nothing";
}

/** `rows.slice()`, `rows.slice(0)`, `rows.toSpliced(2, 0, row)`, `rows.filter(Boolean)`: no row is left out. */
function isAll(node: FunctionNode, { name, arguments: list }: InstructionOf<"call">): boolean {
  const [first, second] = list.map(({ value }) => value);
  if (first === undefined) return true;
  const passes = definitionOf(node, first);
  if (name.endsWith(".filter")) return passes?.kind === "global" && passes.name === "Boolean";
  if (name.endsWith(".slice")) return second === undefined && isNone(node, first);
  return second !== undefined && isNone(node, second);
}

function isNone(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && definition.value === 0;
}
