import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { FunctionNode } from "./program.js";

/** What a value may be: in all runs of its function, in one of them, or in those on one object. */
export type ReadValues = (node: FunctionNode, value: ValueId) => Iterable<AbstractValue>;
