/** What a property of an object tells that is made in the same function. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program.js";
import { originOf } from "../../value-places.js";
import { mayBe, type Outcome } from "./outcome.js";

/** Everything that is written under the name tells so; where nothing is, what is copied in, or that nothing is there. */
export function writtenPropertyTells(
  node: FunctionNode,
  object: ValueId,
  name: string,
  outcome: Outcome,
  tells: (value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean,
): boolean {
  const written = node.code.filter(
    (each): each is InstructionOf<"store"> =>
      each.kind === "store" &&
      originOf(node, each.object) === object &&
      each.property.kind === "name" &&
      each.property.name === name,
  );
  if (written.length > 0) return written.every((each) => tells(each.value, outcome, false));
  const copies = node.code.flatMap((each) =>
    each.kind === "copy-properties" && originOf(node, each.target) === object ? [each.source] : [],
  );
  return copies.length === 0
    ? !mayBe(undefined, outcome)
    : copies.every((source) => tells(source, { test: outcome.test, path: [name, ...outcome.path] }, false));
}
