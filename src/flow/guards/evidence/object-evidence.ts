/** What a property of an object tells that is made in the same function. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program.js";
import { originOf } from "../../value-places.js";
import { mayBe, type Outcome } from "./outcome.js";

type Store = InstructionOf<"store">;

/**
 * Everything that is written under the name, or under one that only the run knows, tells so, and so does what is
 * copied in behind; where nothing is written, that nothing is there.
 */
export function writtenPropertyTells(
  node: FunctionNode,
  object: ValueId,
  name: string,
  outcome: Outcome,
  tells: (value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean,
): boolean {
  const isOf = (target: ValueId): boolean => originOf(node, target) === object;
  const stores = node.code.filter((each): each is Store => each.kind === "store" && isOf(each.object));
  const named = stores.filter(({ property }) => property.kind === "name" && property.name === name);
  const others = stores.filter(({ property }) => property.kind === "computed");
  const last = node.code.findLastIndex(
    (each) => each.kind === "store" && each.initial && named.includes(each),
  );
  const copies = node.code.flatMap((each, point) =>
    each.kind === "copy-properties" && isOf(each.target) && point > last ? [each.source] : [],
  );
  if (named.length + copies.length === 0 && mayBe(undefined, outcome)) return false;
  return (
    [...named, ...others].every((each) => tells(each.value, outcome, false)) &&
    copies.every((source) => tells(source, { test: outcome.test, path: [name, ...outcome.path] }, false))
  );
}
