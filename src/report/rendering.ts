/** What every format of the audit is made from. */
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import type { ReportDocument } from "../contracts/report.js";
import type { TextTable } from "./messages/text-table.js";

export type FailOn = "error" | "warn" | "never";

export interface Rendering {
  readonly analysis: Analysis;
  readonly report: ReportDocument;
  readonly texts: TextTable;
  /** The folder's name, for titles. */
  readonly project: string;
  /** The folder below its repository, with a `/` behind it; empty at the top and where there is none. */
  readonly prefix: string;
  readonly failOn: FailOn;
  /** Findings that are left out, because they are known. */
  readonly known: number;
}

/** Whether a finding makes the audit end with 1. */
export function isFailure({ severity }: Pick<RatedFinding, "severity">, failOn: FailOn): boolean {
  return failOn !== "never" && (failOn === "warn" || severity === "error");
}
