/** What the two sides of a branch tell of values: each finding is about a place, or one of several ways holds. */
import type { BlockId, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { copiesOf } from "./copied-findings.js";
import type { ClassTest } from "./class-tests.js";
import type { FunctionNode } from "../program/program.js";
import type { MemberTest, PropertyTest, TypeofTest } from "./member-test.js";
import type { Place } from "../paths/value-places.js";
import { originOf, placesOf } from "../paths/value-places.js";

/**
 * `empty`: nothing, so it holds no data. `unfilled`: a text or a list without anything in it. `flat`: a primitive or a
 * function, so it has no properties with data.
 */
type Nature = "empty" | "unfilled" | "flat" | TypeofTest | MemberTest | PropertyTest | ClassTest;

/** Something known of one value. */
export interface KnownOf {
  readonly place: Place;
  readonly nature: Nature;
  /** The member that was tested, where that tells of the whole object. */
  readonly read?: ValueId;
  /** What was read when it was so, where that may be another once something is written or called. */
  readonly seen?: ValueId;
}

/** The same, or one of several such lists, by the ways that lead there. */
export type Finding = KnownOf | { readonly either: readonly (readonly Finding[])[] };

export interface Sides {
  readonly then: readonly Finding[];
  readonly else: readonly Finding[];
}

export const nothing: Sides = { then: [], else: [] };

export function findingsOn(node: FunctionNode, value: ValueId, nature: Nature, read?: ValueId): KnownOf[] {
  const places = placesOf(node, value);
  const copied = nature === "empty" ? places.flatMap((place) => copiesOf(node, value, place)) : [];
  return [...places, ...copied].map((place) =>
    read === undefined ? { place, nature } : { place, nature, read },
  );
}

/** The ways as one finding; nothing where one of them tells nothing. */
export function eitherOf(ways: readonly (readonly Finding[])[]): readonly Finding[] {
  const [only, ...others] = ways;
  if (only === undefined || ways.some((way) => way.length === 0)) return [];
  return others.length === 0 ? only : [{ either: ways }];
}

export function basesOf(finding: Finding): readonly ValueId[] {
  return "either" in finding ? finding.either.flat().flatMap(basesOf) : [finding.place.base];
}

/** A value is nullish where its optional chain or default leads straight to a block. */
export function missingOn(node: FunctionNode, from: BlockId, to: BlockId | undefined): readonly Finding[] {
  const end = node.graph.blocks[node.blockById.get(from) ?? -1]?.end;
  return end?.kind === "branch" && end.test === "defined" && end.else === to && end.then !== to
    ? findingsOn(node, end.value, "empty")
    : [];
}

/**
 * Other parts of the object that were taken out of it together with the member that is tested:
 * `const { kind, ...rest } = event`. Nothing happens to the object in between.
 */
export function takenTogether(
  node: FunctionNode,
  { place, read }: KnownOf,
): readonly InstructionOf<"load" | "object-rest">[] {
  const tested = read === undefined ? undefined : node.definitions[originOf(node, read)];
  if (tested?.kind !== "instruction") return [];
  const block = node.blockOf[tested.point];
  const isBase = (object: ValueId): boolean =>
    placesOf(node, object).some((each) => each.base === place.base && isSame(each.path, place.path));
  const found: InstructionOf<"load" | "object-rest">[] = [];
  for (const step of [-1, 1])
    for (let point = tested.point + step; node.blockOf[point] === block; point += step) {
      const instruction = node.code[point];
      if (
        instruction === undefined ||
        !/^(?:load|object-rest|declare|cast|constant)$/u.test(instruction.kind)
      )
        break;
      if ((instruction.kind === "load" || instruction.kind === "object-rest") && isBase(instruction.object))
        found.push(instruction);
    }
  return found;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

export function constantOf(node: FunctionNode, value: ValueId): { readonly value: unknown } | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "constant") return null;
  const { instruction } = definition;
  return { value: instruction.type === "undefined" ? undefined : instruction.value };
}
