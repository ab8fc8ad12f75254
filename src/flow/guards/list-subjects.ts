/**
 * Whether data has to do with a list that was asked about in a loop: an element of it, or what is made of it. Of an
 * empty list nobody is asked about, so that a loop only speaks for its own elements.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";
import { beginning } from "../trace.js";
import type { Trace } from "../trace.js";
import { originOf, placesOf } from "../value-places.js";
import { capturedFrom } from "../captured-from.js";
import type { OpenWays } from "./open-ways.js";

interface At {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

const deepest = 16;
const visiting = /\.(?:map|flatMap|forEach|filter|every|some|find|reduce)$/u;

/** May the data be what a loop has asked about? Where it arises in another function that cannot be told. */
export function isAskedInLoop(pointsTo: PointsTo, trace: Trace, open: OpenWays): boolean {
  const source = beginning(trace);
  if (source?.root == null) return true;
  const chain = comesFrom(pointsTo, { node: source.node, value: source.root });
  const lists = [...new Set(chain.map(({ node }) => node))].flatMap((node) =>
    open.listsAgreed(node).map((value): At => ({ node, value })),
  );
  return lists.length === 0 || lists.some((list) => chain.some((each) => isSame(each, list)));
}

/** The value, and all that it is a part of. */
function comesFrom(pointsTo: PointsTo, start: At): readonly At[] {
  const found: At[] = [];
  let current: At | null = start;
  while (current !== null && found.length < deepest) {
    const { node }: At = current;
    const value = originOf(node, current.value);
    found.push({ node, value });
    current = holderOf(pointsTo, node, value);
  }
  return found;
}

function holderOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): At | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "load":
    case "iterate":
    case "object-rest":
      return { node, value: instruction.object };
    case "await":
      return { node, value: instruction.value };
    case "call":
      return instruction.receiver === null ? null : { node, value: instruction.receiver };
    case "capture":
      return capturedFrom(pointsTo, node, instruction.slot);
    case "parameter": {
      const [only, ...others] = pointsTo.callbacksOf(node);
      if (only === undefined || others.length > 0 || only.site.instruction.kind !== "call") return null;
      const { receiver, name } = only.site.instruction;
      return receiver !== null && visiting.test(name) ? { node: only.site.caller, value: receiver } : null;
    }
    default:
      return null;
  }
}

/** One value, or one property read twice. */
function isSame(one: At, other: At): boolean {
  if (one.node !== other.node) return false;
  if (one.value === other.value) return true;
  const [a, b] = [one, other].map(({ node, value }) => placesOf(node, value).at(-1));
  return (
    a !== undefined &&
    b !== undefined &&
    a.path.length > 0 &&
    a.base === b.base &&
    a.path.join() === b.path.join()
  );
}
