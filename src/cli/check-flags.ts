import { statSync } from "node:fs";
import { join } from "node:path";
import { nearestWord } from "../base/nearest-word.js";
import { checks } from "../checks/index.js";
import type { TextTable } from "../report/messages/text-table.js";
import type { RuleId } from "../contracts/obligation.js";

/** What cannot be carried out at all; the message names the mend. */
export class UsageError extends Error {}

export function checkFolder(folder: string, { cli }: TextTable): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(cli.noFolder(folder));
  if (!stats.isDirectory()) throw new UsageError(cli.notAFolder(folder));
}

export function checkFile(option: string, file: string, { cli }: TextTable): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(cli.noFile(option, file));
  }
}

/** The tsconfigs that `-p` names; a folder stands for the one in it, as for tsc. */
export function checkProjects(
  named: readonly string[] | undefined,
  texts: TextTable,
): readonly string[] | undefined {
  return named?.map((path) => {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const file = isFolder ? join(path, "tsconfig.json") : path;
    checkFile("--project", file, texts);
    return file;
  });
}

/** The rules that this version can find something for; `cannot-tell` stands for what is possible of any. */
const checkedRules: readonly RuleId[] = [...checks.map((check) => check.id), "cannot-tell"];

export function checkRules(
  words: readonly string[] | undefined,
  { cli }: TextTable,
): readonly RuleId[] | undefined {
  return words
    ?.flatMap((word) => word.split(","))
    .map((word) => {
      const id = word.replace(/^child-privacy\//u, "");
      if ((checkedRules as readonly string[]).includes(id)) return id as RuleId;
      throw new UsageError(cli.noRule(word, nearestWord(id, checkedRules), checkedRules));
    });
}
