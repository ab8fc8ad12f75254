/** Events of others by which somebody is told that a person is gone: `if (event.type === "user.deleted")`, `case "user.deleted":`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { sidesTaken } from "../guards/ages/dominators.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isDeletionChannel, isDeletionEvent } from "./deletion-names.js";

/** The way goes on only where an event of that name came, or through a function that stands under it. */
export function isForDeletionEvent({ way, keys, isFilledElsewhere }: EntryWay): boolean {
  // What somebody else puts into a queue has names like the queue itself.
  const isMeant = isFilledElsewhere ? isDeletionChannel : isDeletionEvent;
  if (keys().some((names) => names.some(isMeant))) return true;
  return way.passages.some(({ node, point }) =>
    sidesTaken(node, node.blockOf[point] ?? 0).some(({ value, side }) =>
      namesEvent(node, value, side === "then" ? /^===?$/u : /^!==?$/u, isMeant),
    ),
  );
}

/** All that comes to its outset comes by queues that are named for it. */
export function isByDeletionChannel({ channels }: EntryWay): boolean {
  return (
    channels.length > 0 &&
    channels.every(
      ({ name, keys }) =>
        (name !== null && isDeletionChannel(name)) || (keys.length > 0 && keys.every(isDeletionChannel)),
    )
  );
}

function namesEvent(
  node: FunctionNode,
  value: ValueId,
  same: RegExp,
  isMeant: (name: string) => boolean,
): boolean {
  const test = definitionOf(node, value);
  if (test?.kind !== "binary" || !same.test(test.operator)) return false;
  return [test.left, test.right].some((each) => {
    const constant = definitionOf(node, each);
    return constant?.kind === "constant" && typeof constant.value === "string" && isMeant(constant.value);
  });
}
