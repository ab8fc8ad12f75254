/** Where members of objects are read and written. */
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Where a member is read or written: accessors found there become call edges. */
export interface MemberPlace {
  readonly node: FunctionNode;
  readonly point: number;
  /** What else models say of a package's member that is read there. */
  readonly found?: (
    pointsTo: PointsTo,
    at: MemberPlace,
    matches: readonly ModelMatch[],
    self: AbstractValue,
    out: PointerNode,
  ) => void;
}
