import { audit } from "../audit.js";
import type { RatedFinding } from "../contracts/finding.js";
import { isRuleId, type RuleId } from "../contracts/obligation.js";
import { textsOf } from "../report/messages/texts-of.js";
import type { Language } from "../report/messages/text-table.js";
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
  try {
    checkFolder(folder);
    if (flags.config !== undefined) checkFile("--config", flags.config);
    const { config, today, includeTests } = flags;
    const tsconfigs = checkProjects(flags.project);
    const { analysis } = audit({ folder, tsconfigs, config, today, includeTests });
    const finding = choose(id, [...analysis.findings, ...analysis.suppressed.map((each) => each.finding)]);
    const color = hasColor(process.stdout, flags.color, process.env);
    process.stdout.write(
      renderExplanation(analysis, finding, textsOf(flags.lang), { color, width: widthOf(process.stdout) }),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function choose(id: string, findings: readonly RatedFinding[]): RatedFinding {
  const rule = id.replace(/^child-privacy\//u, "");
  if (isRuleId(rule)) throw new UsageError(ofRule(rule, findings));
  const matching = findings.filter((finding) => finding.fingerprint.startsWith(id.toLowerCase()));
  const [first, ...others] = matching;
  if (first === undefined || id === "") {
    throw new UsageError(
      `No finding has an id that begins with "${id}". child-privacy audit prints the ids; name the folder behind the id if it is not this one.`,
    );
  }
  if (others.length === 0) return first;
  throw new UsageError(`"${id}" begins several ids:\n${listed(matching)}`);
}

function ofRule(rule: RuleId, findings: readonly RatedFinding[]): string {
  const own = findings.filter((finding) => finding.rule === rule);
  const found = own.length === 0 ? `${rule} found nothing here.` : `Its findings here:\n${listed(own)}`;
  return `${rule} is a rule; explain shows one finding, by its id. ${found}`;
}

function listed(findings: readonly RatedFinding[]): string {
  return findings
    .map(
      ({ fingerprint, rule, location }) =>
        `  ${fingerprint}  ${rule}  ${location.file}:${String(location.line)}`,
    )
    .join("\n");
}
