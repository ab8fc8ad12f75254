/** What a function itself writes into an object that it makes: `{ email: null }`. */
import type { ValueId } from "../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";
import { definitionOf, originOf } from "./value-places.js";

export function writtenInto(node: FunctionNode, object: ValueId): (readonly [string, ValueId])[] {
  const origin = originOf(node, object);
  if (definitionOf(node, origin)?.kind !== "object") return [];
  return node.code.flatMap((each) =>
    each.kind === "store" && each.property.kind === "name" && originOf(node, each.object) === origin
      ? [[each.property.name, each.value] as const]
      : [],
  );
}
