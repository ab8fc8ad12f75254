/** `init`: writes a config, a register of drafts and the ESLint config, and never over a file that is there. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { audit } from "../audit.js";
import { draftConfig, draftRecords, eslintSnippet, type Draft } from "../report/drafts.js";
import { renderDiagnostics } from "../report/diagnostics.js";
import type { Language, TextTable } from "../report/messages/text-table.js";
import { textsOf } from "../report/messages/texts-of.js";
import { UsageError, checkFolder } from "./check-flags.js";

export interface InitFlags {
  readonly today?: string;
  readonly lang: Language;
}

/** Says of each file whether it was written; gives the exit status. */
export function runInit(folder: string, { today, lang }: InitFlags): number {
  const texts = textsOf(lang);
  const { init } = texts.cli;
  try {
    checkFolder(folder, texts);
    const { analysis } = audit({ folder, today, language: lang });
    // What stands in a config or record that cannot be read would be drafted as if it were not there.
    if (analysis.isSetupBroken) {
      for (const line of renderDiagnostics(analysis, texts)) process.stderr.write(`${line}\n`);
      throw new UsageError(init.mendFirst);
    }
    const records = draftRecords(analysis);
    const hasConfig = analysis.configs.some((config) => config.file !== null);
    const drafts = [...(hasConfig ? [] : [draftConfig(analysis)]), ...records];
    const lines = drafts.map((draft) => write(folder, draft, texts));
    if (hasConfig) lines.unshift(init.configKept);
    if (
      records.length > 0 &&
      hasConfig &&
      analysis.configs.every((config) => config.assessments.length === 0)
    )
      lines.push(init.addAssessments);
    if (records.length === 0) lines.push(init.noRecipient);
    process.stdout.write(`${[...lines, ...eslintLines(folder, texts)].join("\n")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function write(folder: string, { path, text }: Draft, { cli }: TextTable): string {
  const file = join(folder, path);
  if (existsSync(file)) return cli.init.kept(path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(cli.notWritten(path, error instanceof Error ? error.message : String(error)));
  }
  return cli.init.written(path);
}

/** A folder with an ESLint config of its own keeps it, and is shown what to add. */
function eslintLines(folder: string, texts: TextTable): string[] {
  const own = readdirSync(folder).find((name) => /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc.*)$/u.test(name));
  if (own === undefined) return [write(folder, { path: "eslint.config.mjs", text: eslintSnippet }, texts)];
  return [texts.cli.init.eslintKept(own), "", ...eslintSnippet.trimEnd().split("\n")];
}
