/** Events of others by which somebody is told that a person is gone: `if (event.type === "user.deleted")`, `case "user.deleted":`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { sidesTaken } from "../guards/ages/dominators.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isDeletionEvent } from "./deletion-names.js";

/** The way goes on only where an event of that name came. */
export function isForDeletionEvent({ way }: EntryWay): boolean {
  return way.passages.some(({ node, point }) =>
    sidesTaken(node, node.blockOf[point] ?? 0).some(({ value, side }) =>
      namesEvent(node, value, side === "then" ? /^===?$/u : /^!==?$/u),
    ),
  );
}

function namesEvent(node: FunctionNode, value: ValueId, same: RegExp): boolean {
  const test = definitionOf(node, value);
  if (test?.kind !== "binary" || !same.test(test.operator)) return false;
  return [test.left, test.right].some((each) => {
    const constant = definitionOf(node, each);
    return (
      constant?.kind === "constant" && typeof constant.value === "string" && isDeletionEvent(constant.value)
    );
  });
}
