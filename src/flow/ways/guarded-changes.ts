/**
 * Properties that each round of a loop, or each run of a callback, changes unless there is nothing in them:
 * `if (row[name]) row[name] = seal(row[name])`.
 */
import type {
  BlockId,
  InstructionOf,
  PropertyName,
  Terminator,
  ValueId,
} from "../../contracts/file-graph.js";
import { placeOf } from "../constants/key-places.js";
import { isUnchanged } from "../constants/still-so.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { bodyOf } from "../program/rounds-of-loops.js";
import type { Side } from "../program/sides.js";
import { successors } from "../program/successors.js";
import type { KeyNote } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";
import { leftOn, type Left } from "./nothing-left.js";

type Branch = Extract<Terminator, { kind: "branch" }>;
type Change = InstructionOf<"store" | "delete">;

/** Where a round begins: behind the head of a loop, or where a callback does. */
export interface Round {
  readonly node: FunctionNode;
  /** Position of the block; null: the whole function. */
  readonly head: number | null;
}

/** On the ways past the change: all is changed, or what is left holds nothing, or no text; null: more may be left. */
export type Certain = "always" | Exclude<Left, null> | null;

/** Asks whether a condition holds where the key of the round has a name. */
type TruthOf = (condition: ValueId, key: KeyNote) => boolean | null;

const mostBlocks = 24;
const known = new WeakMap<FunctionNode, Map<string, Certain>>();

/** `name`: the key of the round, where that is what names the property, and is known. */
export function changesFor(
  pointsTo: PointsTo,
  truthOf: TruthOf,
  round: Round,
  change: Change,
  point: number,
  name: string | null,
): Certain {
  const { property } = change;
  const key =
    property.kind === "computed" && name !== null
      ? { place: placeOf(round.node, property.value), name }
      : null;
  let ofNode = known.get(round.node);
  if (ofNode === undefined) known.set(round.node, (ofNode = new Map<string, Certain>()));
  const asked = `${String(round.head)}:${String(point)}:${key?.name ?? ""}`;
  let found = ofNode.get(asked);
  if (found === undefined) {
    const only = (end: Branch): Side | null => {
      const truth = key === null || end.test !== "truthy" ? null : truthOf(end.value, key);
      return truth === null ? null : truth ? "then" : "else";
    };
    ofNode.set(asked, (found = findCertain(pointsTo, round, change, point, only)));
  }
  return found;
}

function findCertain(
  pointsTo: PointsTo,
  { node, head }: Round,
  change: Change,
  point: number,
  only: (end: Branch) => Side | null,
): Certain {
  const { blocks } = node.graph;
  const handler = head === null ? null : (blocks[head]?.handler ?? null);
  const target = node.blockOf[point];
  const first = head === null ? blocks[0]?.id : bodyOf(node, head);
  const queue = [node.blockById.get(first ?? -1) ?? -1];
  const seen = new Set(queue);
  let left: Certain = "always";
  for (const position of queue) {
    const block = blocks[position];
    if (block?.handler !== handler || seen.size > mostBlocks || position === head) return null;
    const isThere = position === target;
    const before = isThere ? point - (node.blockStart[position] ?? 0) : block.instructions.length;
    // What comes of a callback once it has waited nobody waits for.
    if (head === null && block.instructions.slice(0, before).some(({ kind }) => kind === "await"))
      return null;
    if (isThere) continue;
    const { end } = block;
    if (end.kind === "return" && head === null) return null;
    for (const id of successors(end, end.kind === "branch" ? only(end) : null)) {
      const told = end.kind === "branch" ? leftOnWay(pointsTo, node, end, id, change) : null;
      if (told !== null) left = left === "no-text" ? left : told;
      const next = node.blockById.get(id);
      if (told !== null || next === undefined || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return left;
}

/** What a branch leaves of the property on one of its ways. */
function leftOnWay(pointsTo: PointsTo, node: FunctionNode, end: Branch, to: BlockId, change: Change): Left {
  if (end.then === end.else) return null;
  const side = end.then === to ? "then" : "else";
  if (side === "else" && isAsked(node, end, change)) return "nothing";
  return leftOn(
    pointsTo,
    node,
    { end, side },
    ({ place }) =>
      place.path.length === 0 && isRead(node, place.base, change) && isUnchanged(node, place.base, end),
  );
}

/** `name in row`, `Object.hasOwn(row, name)`. */
function isAsked(node: FunctionNode, { value, test }: Branch, { object, property }: Change): boolean {
  const asked = test === "truthy" && property.kind === "computed" ? definitionOf(node, value) : null;
  if (property.kind !== "computed") return false;
  if (asked?.kind === "binary")
    return (
      asked.operator === "in" &&
      isSameValue(node, asked.left, property.value) &&
      isSameValue(node, asked.right, object)
    );
  if (asked?.kind !== "call" || asked.name !== "Object.hasOwn") return false;
  const [owner, name] = asked.arguments;
  return (
    owner !== undefined &&
    name !== undefined &&
    isSameValue(node, owner.value, object) &&
    isSameValue(node, name.value, property.value)
  );
}

/** The value was read from where the change is, or is the other half of the pair whose first is the property's name. */
export function isRead(
  node: FunctionNode,
  value: ValueId,
  { object, property }: Pick<Change, "object" | "property">,
): boolean {
  const read = definitionOf(node, value);
  if (read?.kind !== "load") return false;
  const pair = property.kind === "computed" ? placeOf(node, property.value) : null;
  if (pair?.isPair === true && read.property.kind === "name" && read.property.name === "1")
    return originOf(node, read.object) === pair.value;
  return isSameValue(node, read.object, object) && isSameName(node, read.property, property);
}

function isSameName(node: FunctionNode, one: PropertyName, other: PropertyName): boolean {
  if (one.kind === "name") return other.kind === "name" && one.name === other.name;
  return one.kind === "computed" && other.kind === "computed" && isSameValue(node, one.value, other.value);
}

/** Each mention of what a function has captured is read anew. */
function isSameValue(node: FunctionNode, one: ValueId, other: ValueId): boolean {
  if (originOf(node, one) === originOf(node, other)) return true;
  const [first, second] = [definitionOf(node, one), definitionOf(node, other)];
  return first?.kind === "capture" && second?.kind === "capture" && first.slot === second.slot;
}
