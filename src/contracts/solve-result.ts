/** What the solver hands to the checks. */
import type { UseFacts } from "./uses.js";
import type { OpenAnswer, StaffRead } from "./access.js";
import type { Change } from "./correction.js";
import type { DeletionFacts } from "./deletion.js";
import type {
  AgeTest,
  BlindSpot,
  Capture,
  Flow,
  HollowGuard,
  HollowSealer,
  UnversionedGuard,
  Operation,
} from "./flow.js";

export interface SolveResult {
  readonly flows: readonly Flow[];
  readonly operations: readonly Operation[];
  readonly ageTests: readonly AgeTest[];
  readonly hollowGuards: readonly HollowGuard[];
  /** Guards that do not ask to which version of the notice a guardian consented. */
  readonly unversionedGuards: readonly UnversionedGuard[];
  readonly captures: readonly Capture[];
  readonly blindSpots: readonly BlindSpot[];
  readonly hollowSealers: readonly HollowSealer[];
  readonly deletions: DeletionFacts;
  readonly changes: readonly Change[];
  readonly uses: UseFacts;
  /** Reads of child data by staff at which something is lacking. */
  readonly staffReads: readonly StaffRead[];
  /** Answers with child data that anybody gets. */
  readonly openAnswers: readonly OpenAnswer[];
  readonly lowered: number;
}
