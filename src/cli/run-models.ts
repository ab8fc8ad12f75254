import { nearestWord } from "../base/nearest-word.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import type { PackageModel } from "../contracts/model.js";
import { readModels, type KnownModels } from "../engine.js";
import type { Language, TextTable } from "../report/messages/text-table.js";
import { textsOf } from "../report/messages/texts-of.js";
import { renderModelList, renderModels, shownName } from "../report/package-models.js";
import { joinText, wordMessage } from "../report/word-finding.js";
import { UsageError, checkFile, checkFolder } from "./check-flags.js";
import { widthOf } from "./terminal.js";

export interface ModelsFlags {
  readonly dir: string;
  readonly config?: string;
  readonly check?: boolean;
  readonly lang: Language;
}

/** Shows what is known of a package, or of which packages anything is; `--check` judges the user's own models. */
export function runModels(name: string | undefined, flags: ModelsFlags): number {
  const texts = textsOf(flags.lang);
  try {
    checkFolder(flags.dir, texts);
    if (flags.config !== undefined) checkFile("--config", flags.config, texts);
    const known = readModels(flags.dir, flags.config);
    if (flags.check !== true) {
      process.stdout.write(shown(name, known, texts));
      return 0;
    }
    for (const problem of known.problems) process.stderr.write(`${problemLine(problem, texts)}\n`);
    process.stdout.write(checked(known, texts));
    return known.problems.length > 0 ? 2 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function checked({ own, problems }: KnownModels, { models }: TextTable): string {
  if (problems.length > 0) return "";
  return `${models.valid(
    own.length,
    own.reduce((sum, { paths }) => sum + paths.length, 0),
  )}\n`;
}

function shown(name: string | undefined, { own, builtIn }: KnownModels, texts: TextTable): string {
  const all = [...own, ...builtIn];
  if (name === undefined || name.trim() === "") return renderModelList(all, texts);
  const found = all.filter((model) => isNamed(model, name));
  if (found.length > 0) return renderModels(found, texts, widthOf(process.stdout));
  const names = all.flatMap((model) => namesOf(model));
  throw new UsageError(texts.models.unknown(name, nearestWord(name, [...new Set(names)])));
}

function isNamed(model: PackageModel, name: string): boolean {
  return namesOf(model).some((each) => each.toLowerCase() === name.toLowerCase());
}

/** Its modules, with and without the scheme, and the company behind it. */
function namesOf({ module, aliases, company }: PackageModel): string[] {
  const modules = [module, ...aliases];
  const companies = company === null ? [] : [company.name, ...company.aliases];
  return [...modules, ...modules.map(shownName), ...companies];
}

function problemLine(
  { kind, document, path, found, nearest, expected, location }: DocumentProblem,
  texts: TextTable,
): string {
  const parameters = { document, path, found, nearest, expected };
  const text = wordMessage(texts, { id: `valid-setup.${kind}`, parameters });
  return `${location.file}:${String(location.line)}: ${joinText(text, null)}`;
}
