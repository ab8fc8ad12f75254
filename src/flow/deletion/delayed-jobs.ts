/** Erasures that every write puts on the calendar itself: a job that waits for so long, and then removes. */
import type { PurgeAge } from "../../contracts/deletion.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { TimeValues } from "../retention/time-values.js";
import type { SiteModels } from "../models/site-models.js";
import { secondsAt } from "./expiries.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly times: TimeValues;
  readonly ways: EntryWays;
}

/** Null: no job on these ways waits. */
export function delayOf(
  { pointsTo, models, times, ways }: Solved,
  reached: readonly EntryWay[],
): PurgeAge | null {
  const delays = reached
    .flatMap((way) => ways.putting(way))
    .flatMap((site) =>
      models
        .at(site)
        .flatMap((match) =>
          match.model.roles.some(({ kind }) => kind === "delays")
            ? [secondsAt(pointsTo, times, site, match, "delays")]
            : [],
        ),
    );
  if (delays.length === 0) return null;
  const known = delays.filter((each) => each !== null);
  return { seconds: known.length < delays.length ? null : Math.max(...known), column: null };
}
