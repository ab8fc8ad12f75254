import type { Analysis } from "../contracts/analysis.js";
import { isFailure, type FailOn } from "../report/rendering.js";

/** 0: nothing at or above the level; 1: findings, or blind spots where they are asked for; 2: something could not be used, which outranks findings. */
export function exitStatus(analysis: Analysis, failOn: FailOn, failOnBlindSpots = false): 0 | 1 | 2 {
  if (analysis.isSetupBroken || analysis.problems.some((problem) => problem.fatal)) return 2;
  if (failOnBlindSpots && analysis.blindSpots.length > 0) return 1;
  return analysis.findings.some((finding) => isFailure(finding, failOn)) ? 1 : 0;
}
