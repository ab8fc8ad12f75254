import { audit } from "../audit.js";
import type { RatedFinding } from "../contracts/finding.js";
import { isRuleId } from "../contracts/obligation.js";
import { textsOf } from "../report/messages/texts-of.js";
import type { Language, TextTable } from "../report/messages/text-table.js";
import { renderExplanation } from "../report/pretty.js";
import { UsageError, checkFile, checkFolder, checkProjects } from "./check-flags.js";
import { hasColor, widthOf } from "./terminal.js";

export interface ExplainFlags {
  readonly project?: readonly string[];
  readonly config?: string;
  readonly today?: string;
  readonly includeTests?: boolean;
  readonly lang: Language;
  readonly color: boolean;
}

/** Shows one finding, named by any unique beginning of its fingerprint. */
export function runExplain(id: string, folder: string, flags: ExplainFlags): number {
  const texts = textsOf(flags.lang);
  try {
    checkFolder(folder, texts);
    if (flags.config !== undefined) checkFile("--config", flags.config, texts);
    const { config, today, includeTests } = flags;
    const tsconfigs = checkProjects(flags.project, texts);
    const { analysis } = audit({ folder, tsconfigs, config, today, includeTests });
    const finding = choose(
      id,
      [...analysis.findings, ...analysis.suppressed.map((each) => each.finding)],
      texts.cli,
    );
    const color = hasColor(process.stdout, flags.color, process.env);
    process.stdout.write(
      renderExplanation(analysis, finding, texts, { color, width: widthOf(process.stdout) }),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function choose(id: string, findings: readonly RatedFinding[], cli: TextTable["cli"]): RatedFinding {
  const rule = id.replace(/^child-privacy\//u, "");
  if (isRuleId(rule))
    throw new UsageError(cli.ruleIsNoFinding(rule, listed(findings.filter((each) => each.rule === rule))));
  const matching = findings.filter((finding) => finding.fingerprint.startsWith(id.toLowerCase()));
  const [first, ...others] = matching;
  if (first === undefined || id === "") throw new UsageError(cli.noFinding(id));
  if (others.length === 0) return first;
  throw new UsageError(cli.severalFindings(id, listed(matching)));
}

function listed(findings: readonly RatedFinding[]): string {
  return findings
    .map(
      ({ fingerprint, rule, location }) =>
        `  ${fingerprint}  ${rule}  ${location.file}:${String(location.line)}`,
    )
    .join("\n");
}
