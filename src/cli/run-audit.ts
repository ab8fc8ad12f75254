import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { audit, type Audit, type AuditOptions } from "../audit.js";
import { phases } from "../contracts/analysis.js";
import { renderDiagnostics } from "../report/diagnostics.js";
import { readPrefix } from "../engine.js";
import { renderDocument, type DocumentFormat } from "../report/document.js";
import { parseBaseline, renderBaseline, withoutKnown } from "../report/known-findings.js";
import { movedFindings } from "../report/moved-findings.js";
import { textsOf } from "../report/messages/texts-of.js";
import type { Language, TextTable } from "../report/messages/text-table.js";
import { renderPretty } from "../report/pretty.js";
import type { FailOn } from "../report/rendering.js";
import { UsageError, checkFile, checkFolder, checkRules, checkProjects } from "./check-flags.js";
import { exitStatus } from "./exit-status.js";
import { readBase } from "./git-state.js";
import { Progress } from "./progress.js";
import { hasColor, hasProgress, widthOf } from "./terminal.js";
import { writeOutput } from "./write-output.js";

export interface AuditFlags {
  readonly project?: readonly string[];
  readonly config?: string;
  readonly format: "pretty" | DocumentFormat;
  readonly output?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly since?: string;
  readonly failOnBlindSpots?: boolean;
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
  const texts = textsOf(flags.lang);
  try {
    checkFlags(flags, texts.cli);
    const result = carryOut(folder, flags, words);
    const shown = withoutKnown(result.audit, result.known);
    for (const line of renderDiagnostics(shown.analysis, texts)) stderr.write(`${line}\n`);
    writeOutput(render(folder, shown, flags), flags.output, texts);
    if (flags.timings === true) stderr.write(renderTimings(result.audit));
    return exitStatus(shown.analysis, flags.failOn, flags.failOnBlindSpots);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** What cannot be asked for together. */
function checkFlags({ baseline, updateBaseline, rule, since }: AuditFlags, cli: TextTable["cli"]): void {
  if (updateBaseline !== true) return;
  if (baseline === undefined) throw new UsageError(cli.unnamedBaseline);
  if (rule !== undefined || since !== undefined)
    throw new UsageError(cli.narrowBaseline(rule === undefined ? "--since" : "--rule"));
}

interface Carried {
  readonly audit: Audit;
  /** Fingerprints of findings that are not reported. */
  readonly known: ReadonlySet<string>;
}

function carryOut(folder: string, flags: AuditFlags, words: readonly string[]): Carried {
  const texts = textsOf(flags.lang);
  checkFolder(folder, texts);
  const rules = checkRules(flags.rule, texts);
  if (flags.config !== undefined) checkFile("--config", flags.config, texts);
  const progress = new Progress(
    hasProgress(process.stderr, process.env) ? (text) => process.stderr.write(text) : null,
    texts,
  );
  const options: AuditOptions = {
    folder,
    rules,
    tsconfigs: checkProjects(flags.project, texts),
    config: flags.config,
    includeTests: flags.includeTests,
    today: flags.today,
    language: flags.lang,
    command: ["child-privacy", ...words].join(" "),
    onPhase: (phase) => {
      progress.tell(phase);
    },
  };
  try {
    const listed =
      flags.baseline === undefined ? [] : readBaseline(flags.baseline, flags.updateBaseline === true, texts);
    const base = flags.since === undefined ? null : readBase(options, flags.since, texts);
    const found = audit(options);
    if (flags.baseline !== undefined && flags.updateBaseline === true)
      writeOutput(renderBaseline(found.analysis.findings), flags.baseline, texts);
    const own = flags.updateBaseline === true ? found.analysis.findings : [];
    const before = base?.audit.analysis.findings ?? [];
    const renamed = base === null ? [] : movedFindings(base.audit.analysis, found.analysis).after;
    return {
      audit: found,
      known: new Set([...[...listed, ...own, ...before].map(({ fingerprint }) => fingerprint), ...renamed]),
    };
  } finally {
    progress.clear();
  }
}

/** A baseline that is written anew need not be there yet. */
function readBaseline(
  file: string,
  isWritten: boolean,
  texts: TextTable,
): readonly { readonly fingerprint: string }[] {
  if (isWritten) return [];
  checkFile("--baseline", file, texts);
  const baseline = parseBaseline(readFileSync(file, "utf8"));
  if (baseline === null) throw new UsageError(texts.cli.noBaseline(file));
  return baseline.findings;
}

function render(
  folder: string,
  { analysis, report, known }: ReturnType<typeof withoutKnown>,
  flags: AuditFlags,
): string {
  const { format, failOn, lang } = flags;
  const texts = textsOf(lang);
  if (format !== "pretty") {
    const [project, prefix] = [basename(resolve(folder)), readPrefix(folder)];
    return renderDocument(format, { analysis, report, texts, project, prefix, failOn, known });
  }
  const color = flags.output === undefined && hasColor(process.stdout, flags.color, process.env);
  return renderPretty(analysis, texts, { color, width: widthOf(process.stdout), known });
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
