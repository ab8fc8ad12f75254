/** Where a called value is read out of a table by a key that is worked out: `handlers[key](…)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { KeyPlace } from "../tabulation/fact.js";
import { placeOf } from "../constants/key-places.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

/** Where a called function is looked up. */
export interface KeyedCallee {
  readonly table: ValueId;
  readonly key: ValueId;
  readonly place: KeyPlace;
}

const known = new WeakMap<FunctionNode, Map<ValueId, KeyedCallee | null>>();

/** The table and the key that a called value is read by; null where it is not looked up. */
export function keyedCallee(node: FunctionNode, callee: ValueId): KeyedCallee | null {
  let ofNode = known.get(node);
  if (ofNode === undefined) known.set(node, (ofNode = new Map<ValueId, KeyedCallee | null>()));
  let found = ofNode.get(callee);
  if (found === undefined) {
    const definition = definitionOf(node, callee);
    const key =
      definition?.kind === "load" && definition.property.kind === "computed"
        ? definition.property.value
        : null;
    found =
      definition?.kind === "load" && key !== null
        ? { table: definition.object, key, place: placeOf(node, key) }
        : null;
    ofNode.set(callee, found);
  }
  return found;
}
