import { audit, type AuditOptions } from "../audit.js";
import type { ImpactDocument } from "../contracts/impact.js";
import { renderDiagnostics } from "../report/diagnostics.js";
import { compareStates, toldOf } from "../report/impact/compare.js";
import { renderImpact, type ImpactFormat } from "../report/impact/render.js";
import type { Language } from "../report/messages/text-table.js";
import { textsOf } from "../report/messages/texts-of.js";
import { isFailure, type FailOn } from "../report/rendering.js";
import { UsageError, checkFile, checkFolder, checkProjects } from "./check-flags.js";
import { exitStatus } from "./exit-status.js";
import { readBase } from "./git-state.js";
import { Progress } from "./progress.js";
import { hasColor, hasProgress, widthOf } from "./terminal.js";
import { writeOutput } from "./write-output.js";

export interface ImpactFlags {
  readonly since: string;
  readonly project?: readonly string[];
  readonly config?: string;
  readonly format: ImpactFormat;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly lang: Language;
  readonly today?: string;
  readonly includeTests?: boolean;
  readonly color: boolean;
}

/** Compares the folder with the merge base, writes, and gives the exit status. */
export function runImpact(folder: string, flags: ImpactFlags): number {
  const texts = textsOf(flags.lang);
  const progress = new Progress(
    hasProgress(process.stderr, process.env) ? (text) => process.stderr.write(text) : null,
    texts,
  );
  try {
    checkFolder(folder, texts);
    if (flags.config !== undefined) checkFile("--config", flags.config, texts);
    const options: AuditOptions = {
      folder,
      tsconfigs: checkProjects(flags.project, texts),
      config: flags.config,
      includeTests: flags.includeTests,
      // Both states are judged by the same day.
      today: flags.today ?? new Date().toISOString().slice(0, 10),
      language: flags.lang,
      onPhase: (phase) => {
        progress.tell(phase);
      },
    };
    const base = readBase(options, flags.since, texts);
    const head = audit(options);
    progress.clear();
    for (const line of renderDiagnostics(head.analysis, texts)) process.stderr.write(`${line}\n`);
    const impact = compareStates(base.audit, head, { ref: flags.since, commit: base.commit });
    const color = flags.output === undefined && hasColor(process.stdout, flags.color, process.env);
    const told = {
      added: toldOf(head, impact.findings.added, texts),
      removed: toldOf(base.audit, impact.findings.removed, texts),
    };
    const text = renderImpact(impact, told, texts, flags.format, { color, width: widthOf(process.stdout) });
    writeOutput(text, flags.output, texts);
    return Math.max(exitStatus(head.analysis, "never"), isBad(impact, flags.failOn) ? 1 : 0);
  } catch (error) {
    progress.clear();
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** New findings count as in an audit; what no notice or record covers yet, and consent that is due, as warnings. */
function isBad({ findings, uncovered, consent }: ImpactDocument, failOn: FailOn): boolean {
  const isDue = uncovered.length > 0 || (consent.again && consent.notice === null);
  return findings.added.some((finding) => isFailure(finding, failOn)) || (failOn === "warn" && isDue);
}
