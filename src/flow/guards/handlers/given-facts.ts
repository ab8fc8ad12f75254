/** What is taken for granted while ways through a function are looked at. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallEdge } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Scalar } from "../evidence/outcome.js";

export interface Known {
  readonly value: Scalar;
  /** It follows from what is given, not from the text of the function alone. */
  readonly isTold: boolean;
}

/** Where something is written. */
export interface Written {
  readonly node: FunctionNode;
  readonly point: number;
}

export interface GivenFacts {
  /** Equal for what gives equal answers. */
  readonly key: string;
  /** It says by itself that a way is not taken, where no guard is called at all. */
  readonly isEnough?: boolean;
  valueOf(node: FunctionNode, value: ValueId): Known | null;
  /** Is it some object, list or function? */
  isObject?(node: FunctionNode, value: ValueId): boolean;
  /** The function that it is. */
  functionOf?(node: FunctionNode, value: ValueId): FunctionNode | null;
  /** The one call of the function that is meant. */
  callOf?(node: FunctionNode): CallEdge | null;
  /** May the function have written something before? */
  mayHaveWritten?(writer: FunctionNode): boolean;
  /** Has one of these been written before, whatever way was taken? */
  hasWritten?(places: readonly Written[]): boolean;
}

/** How a test of the value comes out; null: that is not known. */
export function truthGiven(
  facts: GivenFacts | undefined,
  node: FunctionNode,
  value: ValueId,
  test: "truthy" | "defined",
): boolean | null {
  const known = facts?.valueOf(node, value) ?? null;
  if (known === null) return facts?.isObject?.(node, value) === true ? true : null;
  return test === "truthy" ? Boolean(known.value) : known.value != null;
}
