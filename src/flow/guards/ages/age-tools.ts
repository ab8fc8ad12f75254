/** What the reading of ages needs to know of the program. */
import type { Origins } from "../../origins.js";
import type { PointsTo } from "../../points-to.js";
import type { SiteModels } from "../../site-models.js";

export interface AgeTools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly origins: Origins;
}
