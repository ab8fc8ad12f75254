import type { ReportDocument } from "../contracts/report.js";

/** The report as it is written; ends with a line break. */
export function renderJson(report: ReportDocument): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
