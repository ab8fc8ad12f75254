import { statSync } from "node:fs";
import { join } from "node:path";
import { nearestWord } from "../base/nearest-word.js";
import { checks } from "../checks/index.js";
import { isRuleId, type RuleId } from "../contracts/obligation.js";

/** What cannot be carried out at all; the message names the mend. */
export class UsageError extends Error {}

export function checkFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new UsageError(`There is no folder ${folder}. Name the folder that holds the project.`);
  if (!stats.isDirectory())
    throw new UsageError(`${folder} is a file. Name the folder that holds the project.`);
}

export function checkFile(option: string, file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no file ${file}. Correct what ${option} names.`);
  }
}

/** The tsconfigs that `-p` names; a folder stands for the one in it, as for tsc. */
export function checkProjects(named: readonly string[] | undefined): readonly string[] | undefined {
  return named?.map((path) => {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const file = isFolder ? join(path, "tsconfig.json") : path;
    checkFile("--project", file);
    return file;
  });
}

/** The rules that this version can find something for; `cannot-tell` stands for what is possible of any. */
const checkedRules: readonly RuleId[] = [...checks.map((check) => check.id), "cannot-tell"];

export function checkRules(words: readonly string[] | undefined): readonly RuleId[] | undefined {
  return words
    ?.flatMap((word) => word.split(","))
    .map((word) => {
      const id = word.replace(/^child-privacy\//u, "");
      if ((checkedRules as readonly string[]).includes(id)) return id as RuleId;
      const known = `Rules are ${checkedRules.join(", ")}.`;
      if (isRuleId(id)) throw new UsageError(`This version has no check for ${id} yet. ${known}`);
      const nearest = nearestWord(id, checkedRules);
      throw new UsageError(
        `"${word}" is no rule. ${nearest === null ? known : `Did you mean "${nearest}"?`}`,
      );
    });
}
