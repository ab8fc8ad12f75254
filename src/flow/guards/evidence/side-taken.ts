/** What is known of a value because control left a block on one side of a test of it. */
import type { BlockId, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { Outcome } from "./outcome.js";

export function sideTaken(
  node: FunctionNode,
  from: BlockId,
  to: BlockId,
  value: ValueId,
): "truthy" | "falsy" | "defined" | "nullish" | null {
  const position = node.blockById.get(from);
  const end = position === undefined ? undefined : node.graph.blocks[position]?.end;
  if (end?.kind !== "branch" || end.then === end.else) return null;
  if (originOf(node, end.value) !== originOf(node, value)) return null;
  if (end.test === "truthy") return end.then === to ? "truthy" : "falsy";
  return end.then === to ? "defined" : "nullish";
}

/** The value is known to be truthy or falsy where control came from. */
export function contradicts(side: "truthy" | "falsy" | "defined" | "nullish", { test }: Outcome): boolean {
  switch (side) {
    case "truthy":
      return test.kind === "falsy" || test.kind === "nullish" || (test.kind === "is" && !test.value);
    case "falsy":
      return test.kind === "truthy" || (test.kind === "is" && Boolean(test.value));
    case "defined":
      return test.kind === "nullish" || (test.kind === "is" && test.value == null);
    case "nullish":
      return test.kind === "truthy" || test.kind === "defined" || (test.kind === "is" && test.value != null);
  }
}
