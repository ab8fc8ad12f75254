/** Lists whose elements do not stay where they were put: another element may be the first. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Moved {
  readonly node: FunctionNode;
  readonly list: ValueId;
}

const known = new WeakMap<PointsTo, Moved[]>();

/** One of the lists is turned round, sorted, shortened or put in order otherwise, by what is known of it so far. */
export function areMoved(pointsTo: PointsTo, lists: ReadonlySet<AbstractValue>): boolean {
  return movesIn(pointsTo).some(({ node, list }) => {
    for (const value of pointsTo.valuesOf(node, list)) if (lists.has(value)) return true;
    return false;
  });
}

/** Also in copies of functions that have come since. */
function movesIn(pointsTo: PointsTo): readonly Moved[] {
  const { functions } = pointsTo.program;
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = []));
  let seen = counted.get(pointsTo) ?? 0;
  for (; seen < functions.length; seen++) {
    const node = functions[seen];
    for (const each of node?.code ?? []) {
      const list = movedBy(each);
      if (node !== undefined && list !== null) found.push({ node, list });
    }
  }
  counted.set(pointsTo, seen);
  return found;
}

const counted = new WeakMap<PointsTo, number>();

const moves = /\.(?:pop|shift|unshift|splice|reverse|sort|fill|copyWithin)(\.(?:call|apply))?$/u;

function movedBy(each: Instruction): ValueId | null {
  if (each.kind === "call") {
    const moving = moves.exec(each.name);
    // `Array.prototype.reverse.call(list)`
    return moving === null
      ? null
      : moving[1] === undefined
        ? each.receiver
        : (each.arguments[0]?.value ?? null);
  }
  return each.kind === "store" && each.property.kind === "name" && each.property.name === "length"
    ? each.object
    : null;
}
