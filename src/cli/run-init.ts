/** `init`: writes a config, a register of drafts and the ESLint config, and never over a file that is there. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { audit } from "../audit.js";
import { draftConfig, draftRecords, eslintSnippet, type Draft } from "../report/drafts.js";
import { english } from "../report/messages/en.js";
import { UsageError, checkFolder } from "./check-flags.js";

export interface InitFlags {
  readonly today?: string;
}

/** Says of each file whether it was written; gives the exit status. */
export function runInit(folder: string, { today }: InitFlags): number {
  try {
    checkFolder(folder, english);
    const { analysis } = audit({ folder, today });
    const records = draftRecords(analysis);
    const hasConfig = analysis.configs.some((config) => config.file !== null);
    const drafts = [...(hasConfig ? [] : [draftConfig(analysis)]), ...records];
    const lines = drafts.map((draft) => write(folder, draft));
    if (hasConfig) lines.unshift("kept     the config that is there");
    if (
      records.length > 0 &&
      hasConfig &&
      analysis.configs.every((config) => config.assessments.length === 0)
    )
      lines.push(
        'add      assessments: ["compliance/assessments/*.yaml"] to the config, so that the records are read',
      );
    if (records.length === 0) lines.push("no recipient without a record was found");
    process.stdout.write(`${[...lines, ...eslintLines(folder)].join("\n")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function write(folder: string, { path, text }: Draft): string {
  const file = join(folder, path);
  if (existsSync(file)) return `kept     ${path}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return `written  ${path}`;
}

/** A folder with an ESLint config of its own keeps it, and is shown what to add. */
function eslintLines(folder: string): string[] {
  const own = readdirSync(folder).find((name) => /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc.*)$/u.test(name));
  if (own === undefined) return [write(folder, { path: "eslint.config.mjs", text: eslintSnippet })];
  return [`kept     ${own}; it needs these lines:`, "", ...eslintSnippet.trimEnd().split("\n")];
}
