/** What of the folder and of the duties a run leaves alone, by its configs and by how it was called. */
import type { LeftOut, LeftOutFiles, SwitchedOff } from "../contracts/left-out.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { RuleId } from "../contracts/obligation.js";
import type { LeftOutBy, ProjectFile } from "../contracts/project.js";
import type { Facts } from "./facts.js";

interface Run {
  /** All of the folder, tests too. */
  readonly files: readonly ProjectFile[];
  readonly asked: readonly RuleId[] | undefined;
  readonly unshown: readonly RuleId[];
  readonly configs: Pick<Facts, "configOf">;
}

export function leftOutOf({ files, asked, unshown, configs }: Run): LeftOut {
  return {
    asked: asked ?? null,
    switchedOff: switchedOff(files, configs),
    files: reasons.flatMap((by) => leftOutBy(by, files, configs)),
    unshown,
  };
}

const reasons: readonly LeftOutBy[] = ["exclude", "tests", "generated", "choice"];

function switchedOff(files: readonly ProjectFile[], configs: Run["configs"]): SwitchedOff[] {
  const audited = files.filter(({ role }) => role === "audited");
  const ruled = new Map<ResolvedConfig, number>();
  for (const { path } of audited) {
    const config = configs.configOf(path);
    ruled.set(config, (ruled.get(config) ?? 0) + 1);
  }
  return [...ruled].flatMap(([config, count]) =>
    config.switchedOff.map((each) => ({ ...each, files: count, of: audited.length })),
  );
}

function leftOutBy(by: LeftOutBy, files: readonly ProjectFile[], configs: Run["configs"]): LeftOutFiles[] {
  const own = files.filter(({ leftOutBy: reason }) => reason === by);
  if (own.length === 0) return [];
  // The outermost config has had its say before the nearest one.
  const speaking = new Set([configs.configOf(""), ...own.map(({ path }) => configs.configOf(path))]);
  const patterns = [...speaking].flatMap((config) => patternsOf(by, config));
  return [{ by, patterns: [...new Set(patterns)].sort(), count: own.length }];
}

function patternsOf(by: LeftOutBy, { exclude, tests }: ResolvedConfig): readonly string[] {
  if (by === "exclude") return exclude;
  return by === "tests" ? (tests ?? []) : [];
}
