import type { Analysis } from "../contracts/analysis.js";
import { isFailure, type FailOn } from "../report/rendering.js";

/** 0: nothing at or above the level; 1: findings; 2: something could not be used, which outranks findings. */
export function exitStatus(analysis: Analysis, failOn: FailOn): 0 | 1 | 2 {
  if (analysis.isSetupBroken || analysis.problems.some((problem) => problem.fatal)) return 2;
  return analysis.findings.some((finding) => isFailure(finding, failOn)) ? 1 : 0;
}
