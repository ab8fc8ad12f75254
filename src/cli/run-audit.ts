import { writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { audit, type Audit } from "../audit.js";
import { phases } from "../contracts/analysis.js";
import { renderDiagnostics } from "../report/diagnostics.js";
import { readPrefix } from "../engine.js";
import { renderDocument, type DocumentFormat } from "../report/document.js";
import { textsOf } from "../report/messages/texts-of.js";
import type { Language } from "../report/messages/text-table.js";
import { renderPretty } from "../report/pretty.js";
import type { FailOn } from "../report/rendering.js";
import { UsageError, checkFile, checkFolder, checkRules, checkProjects } from "./check-flags.js";
import { exitStatus } from "./exit-status.js";
import { Progress } from "./progress.js";
import { hasColor, hasProgress, widthOf } from "./terminal.js";

export interface AuditFlags {
  readonly project?: readonly string[];
  readonly config?: string;
  readonly format: "pretty" | DocumentFormat;
  readonly output?: string;
  readonly rule?: readonly string[];
  readonly failOn: FailOn;
  readonly lang: Language;
  readonly today?: string;
  readonly timings?: boolean;
  readonly includeTests?: boolean;
  readonly color: boolean;
}

/** Audits, writes, and gives the exit status: findings to stdout, everything else to stderr. */
export function runAudit(folder: string, flags: AuditFlags, words: readonly string[]): number {
  const { stderr } = process;
  try {
    const result = carryOut(folder, flags, words);
    for (const line of renderDiagnostics(result.analysis, textsOf(flags.lang))) stderr.write(`${line}\n`);
    write(render(folder, result, flags), flags.output);
    if (flags.timings === true) stderr.write(renderTimings(result));
    return exitStatus(result.analysis, flags.failOn);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n`);
    return 2;
  }
}

function carryOut(folder: string, flags: AuditFlags, words: readonly string[]): Audit {
  checkFolder(folder);
  const rules = checkRules(flags.rule);
  if (flags.config !== undefined) checkFile("--config", flags.config);
  const tsconfigs = checkProjects(flags.project);
  const progress = new Progress(
    hasProgress(process.stderr, process.env) ? (text) => process.stderr.write(text) : null,
  );
  try {
    return audit({
      folder,
      rules,
      tsconfigs,
      config: flags.config,
      includeTests: flags.includeTests,
      today: flags.today,
      language: flags.lang,
      command: ["child-privacy", ...words].join(" "),
      onPhase: (phase) => {
        progress.tell(phase);
      },
    });
  } finally {
    progress.clear();
  }
}

function render(folder: string, { analysis, report }: Audit, flags: AuditFlags): string {
  const { format, failOn, lang } = flags;
  if (format !== "pretty") {
    const [project, prefix] = [basename(resolve(folder)), readPrefix(folder)];
    return renderDocument(format, { analysis, report, texts: textsOf(lang), project, prefix, failOn });
  }
  const color = flags.output === undefined && hasColor(process.stdout, flags.color, process.env);
  return renderPretty(analysis, textsOf(lang), { color, width: widthOf(process.stdout) });
}

function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}. Name a file in a folder that is there and can be written to.`,
    );
  }
}

function renderTimings({ analysis, report }: Audit): string {
  const lines = phases.map(
    (phase) => `${phase.padEnd(9)} ${analysis.milliseconds[phase].toFixed(0).padStart(6)} ms`,
  );
  const { files, lines: count, milliseconds } = report.stats;
  lines.push(
    `${"all".padEnd(9)} ${milliseconds.toFixed(0).padStart(6)} ms  (${String(files)} files, ${String(count)} lines, ${String(analysis.lowered)} lowered)`,
  );
  return `${lines.join("\n")}\n`;
}
