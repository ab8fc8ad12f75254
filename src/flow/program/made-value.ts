import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

/** A value in the function that makes it. */
export interface MadeValue {
  readonly node: FunctionNode;
  readonly value: ValueId;
}
