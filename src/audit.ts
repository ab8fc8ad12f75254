/** The programmatic API: the audit of a folder as data. */
import { resolve } from "node:path";
import type { Analysis, Phase } from "./contracts/analysis.js";
import type { RuleId } from "./contracts/obligation.js";
import type { ReportDocument } from "./contracts/report.js";
import { analyse, readRevision } from "./engine.js";
import { buildReport } from "./report/build-report.js";
import { textsOf } from "./report/messages/texts-of.js";
import type { Language } from "./report/messages/text-table.js";
import { toolVersion } from "./tool-version.js";

export type { Language } from "./report/messages/text-table.js";
export type { ReportDocument, ReportFinding } from "./contracts/report.js";

export interface AuditOptions {
  /** The folder to audit; relative paths are seen from the working directory. */
  readonly folder: string;
  /** tsconfigs to use instead of those found. */
  readonly tsconfigs?: readonly string[] | undefined;
  /** A `child-privacy.yaml` to use instead of those found. */
  readonly config?: string | undefined;
  readonly includeTests?: boolean | undefined;
  /** Only findings of these rules. */
  readonly rules?: readonly RuleId[] | undefined;
  /** The day to judge by, `2026-11-24`; by default the day it is. */
  readonly today?: string | undefined;
  /** How the audit was called, for the report's provenance. */
  readonly command?: string | undefined;
  /** Of all texts in the report; English by default. */
  readonly language?: Language | undefined;
  readonly onPhase?: ((phase: Phase) => void) | undefined;
}

export interface Audit {
  readonly report: ReportDocument;
  readonly analysis: Analysis;
}

/** Audits a folder. Whatever the folder holds has a result; only defects of the tool itself throw. */
export function audit(options: AuditOptions): Audit {
  const started = performance.now();
  const root = absolute(options.folder);
  const analysis = analyse({
    root,
    tsconfigs: options.tsconfigs?.map(absolute),
    config: options.config === undefined ? undefined : absolute(options.config),
    includeTests: options.includeTests,
    rules: options.rules,
    today: options.today,
    onPhase: options.onPhase,
  });
  const run = {
    tool: toolVersion(),
    ...readRevision(root),
    command: options.command ?? "audit",
    milliseconds: performance.now() - started,
  };
  return { analysis, report: buildReport(analysis, run, textsOf(options.language ?? "en")) };
}

function absolute(path: string): string {
  return resolve(path).replaceAll("\\", "/");
}
