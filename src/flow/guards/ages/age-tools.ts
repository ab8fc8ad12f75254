/** What the reading of ages needs to know of the program. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import type { Origins } from "../../sources/origins.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { SiteModels } from "../../models/site-models.js";

export interface AgeTools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly origins: Origins;
  /** Whether a part of a request was looked at before its handler runs. */
  readonly refused?: { isLookedAt(node: FunctionNode, value: ValueId): boolean };
}
