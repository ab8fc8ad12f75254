/** A test of an age, with what each side of it says. */
import type { Span } from "../../../base/location.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import type { AgeVerdict } from "./age-limit.js";

export interface AgeTest {
  readonly node: FunctionNode;
  readonly at: Span;
  /** What it says where it comes out as true, and as false. */
  readonly sides: readonly [AgeVerdict | null, AgeVerdict | null];
  /** The values that it compares. */
  readonly of: readonly ValueId[];
}

/** A side of a test that is taken by people who are no children, as far as the test can tell. */
export interface AgeTelling {
  readonly test: AgeTest;
  readonly verdict: AgeVerdict;
}
