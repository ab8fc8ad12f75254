/** One analysis a program: the first rule that runs on a file makes it, and every other rule and file reads it. */
import type { Rule } from "eslint";
import type { Location } from "../src/base/location.js";
import type { Analysis } from "../src/contracts/analysis.js";
import type { RatedFinding, SuppressedFinding } from "../src/contracts/finding.js";
import type { RuleId } from "../src/contracts/obligation.js";
import { analyseProgram, findRoot, loadTypeScript, type Program } from "../src/engine.js";
import { english } from "../src/report/messages/en.js";
import { groupFindings, joinText, type FindingGroup } from "../src/report/word-finding.js";

/** What a rule says at a place of a linted file. */
export interface LintReport {
  readonly rule: RuleId;
  readonly location: Location;
  readonly message: string;
  /** Only with the option `requireReasons`. */
  readonly isStrict: boolean;
}

interface Session {
  /** By path below the root. */
  readonly byFile: ReadonlyMap<string, readonly LintReport[]>;
  /** About files that ESLint does not lint; told at the first line of the file linted first. */
  readonly elsewhere: readonly LintReport[];
  readonly root: string;
}

/** `settings["child-privacy"]` of an ESLint config. */
export interface LintSettings {
  /** The folder to analyse; found from the linted file where it is not given. */
  readonly root?: string;
  /** A config to use instead of those found, as `--config` of the audit. */
  readonly config?: string;
  /** The day that suppressions are judged by, as `--today` of the audit. */
  readonly today?: string;
}

const sessions = new WeakMap<Program, Map<string, Session>>();
/** The file that a run's general messages are told at; kept, so that they stay there when it is linted again. */
const firstFiles = new Map<string, string>();
const firstFilesOfConfig = new WeakMap<object, string>();

/** Everything that all rules have to say about the linted file. Never throws. */
export function reportsFor(context: Rule.RuleContext): readonly LintReport[] {
  const program = (context.sourceCode.parserServices as { readonly program?: Program | null } | undefined)
    ?.program;
  if (program === undefined || program === null) return onceAConfig(context, english.noTypes);
  try {
    const session = sessionOf(program, context);
    const path = pathBelow(session.root, context.filename);
    const own = path === undefined ? [] : (session.byFile.get(path) ?? []);
    return isFirst(session.root, context.filename) ? [...session.elsewhere, ...own] : own;
  } catch (error) {
    return onceAConfig(
      context,
      english.internalError(error instanceof Error ? error.message : String(error)),
    );
  }
}

function sessionOf(program: Program, context: Rule.RuleContext): Session {
  const settings = (context.settings["child-privacy"] ?? {}) as LintSettings;
  const root = (settings.root ?? findRoot(context.filename, context.cwd))
    .replaceAll("\\", "/")
    .replace(/(?<=.)\/$/u, "");
  const key = JSON.stringify([root, settings.config, settings.today]);
  let byKey = sessions.get(program);
  if (byKey === undefined) sessions.set(program, (byKey = new Map<string, Session>()));
  let session = byKey.get(key);
  if (session === undefined) byKey.set(key, (session = makeSession(program, root, settings, context.cwd)));
  return session;
}

function makeSession(
  program: Program,
  root: string,
  settings: LintSettings,
  workingDirectory: string,
): Session {
  const compiler = loadTypeScript(workingDirectory);
  if (compiler === undefined) throw new Error("typescript is not installed");
  const analysis = analyseProgram({
    ts: compiler,
    program,
    root,
    config: settings.config,
    today: settings.today,
  });
  const byFile = new Map<string, LintReport[]>();
  const elsewhere: LintReport[] = [];
  const linted = new Set(analysis.files.map((file) => file.path));
  for (const report of lintReports(analysis)) {
    if (!linted.has(report.location.file)) elsewhere.push(atFirstLine(report));
    else byFile.set(report.location.file, [...(byFile.get(report.location.file) ?? []), report]);
  }
  // Places in schemas are the audit's: no rule is run on them, and they are no setup.
  return { byFile, elsewhere: elsewhere.filter((report) => report.rule === "valid-setup"), root };
}

/** All findings: those that a comment silences too, since ESLint itself reads the comment. */
export function lintReports(analysis: Analysis): LintReport[] {
  const byComment = new Map(analysis.suppressed.map((each) => [each.finding, each]));
  const findings = [...analysis.findings, ...byComment.keys()];
  return [
    ...groupFindings(english, findings).map((group) => ({ ...wordGroup(group, byComment), isStrict: false })),
    ...groupFindings(english, analysis.strictFindings).map((group) => ({
      ...wordGroup(group, byComment),
      isStrict: true,
    })),
  ];
}

function wordGroup(
  group: FindingGroup,
  byComment: ReadonlyMap<RatedFinding, SuppressedFinding>,
): Omit<LintReport, "isStrict"> {
  const [first] = group.findings;
  const message = joinText(group.text, group.doubt);
  const comment = byComment.get(first);
  // A comment that names the duty silences what is only possible too, so ESLint must see the duty's name there.
  if (first.verdict === "proven" || comment?.namesRule === true)
    return { rule: first.rule, location: first.location, message };
  return { rule: "cannot-tell", location: first.location, message: `${first.rule}: ${message}` };
}

function atFirstLine(report: LintReport): LintReport {
  const { file, line } = report.location;
  return {
    ...report,
    message: `${file}:${String(line)}: ${report.message}`,
    location: { file, line: 1, column: 1 },
  };
}

function isFirst(root: string, filename: string): boolean {
  const first = firstFiles.get(root) ?? filename;
  firstFiles.set(root, first);
  return first === filename;
}

/** A message about the run itself: once for all files that share a config object, by whichever rule runs first. */
function onceAConfig(context: Rule.RuleContext, message: string): LintReport[] {
  const key: object = context.languageOptions;
  const first = firstFilesOfConfig.get(key) ?? context.filename;
  firstFilesOfConfig.set(key, first);
  if (first !== context.filename) return [];
  return [
    {
      rule: "valid-setup",
      location: { file: context.filename, line: 1, column: 1 },
      message,
      isStrict: false,
    },
  ];
}

function pathBelow(root: string, filename: string): string | undefined {
  const unified = filename.replaceAll("\\", "/");
  return unified.startsWith(`${root}/`) ? unified.slice(root.length + 1) : undefined;
}
