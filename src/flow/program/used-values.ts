/** Which values a function goes on with: a result that nobody looks at is nobody's data. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

export class UsedValues {
  /** By function, the values that a join takes in or that the function ends with. */
  private readonly beyond = new WeakMap<FunctionNode, ReadonlySet<ValueId>>();

  has(node: FunctionNode, value: ValueId): boolean {
    return (node.uses[value] ?? []).length > 0 || this.beyondPoints(node).has(value);
  }

  private beyondPoints(node: FunctionNode): ReadonlySet<ValueId> {
    let known = this.beyond.get(node);
    if (known === undefined) {
      const found = new Set<ValueId>();
      for (const { phis, end } of node.graph.blocks) {
        for (const { inputs } of phis) for (const { value } of inputs) found.add(value);
        if ((end.kind === "return" || end.kind === "throw") && end.value !== null) found.add(end.value);
      }
      this.beyond.set(node, (known = found));
    }
    return known;
  }
}
