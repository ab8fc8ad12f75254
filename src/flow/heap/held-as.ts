/** Under which value of a function lies what a fact is about. */
import type { ValueId } from "../../contracts/file-graph.js";
import { incomingIndex } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";

const known = new WeakMap<FunctionNode, (ValueId | null)[]>();

/** The value of the function that a fact is about: of what came in by a parameter, the parameter. */
export function heldAs(node: FunctionNode, base: Base): ValueId | null {
  const index = incomingIndex(base);
  return index === null ? (base < 0 ? null : base) : (parametersOf(node)[index] ?? null);
}

function parametersOf(node: FunctionNode): readonly (ValueId | null)[] {
  let values = known.get(node);
  if (values === undefined) {
    values = node.graph.parameters.map(({ index, rest }) => {
      const read = node.code.find((each) => each.kind === "parameter" && each.index === index);
      return read?.kind === "parameter" && !rest ? read.out : null;
    });
    known.set(node, values);
  }
  return values;
}
