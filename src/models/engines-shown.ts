/**
 * What packages of several engines speak to in one program: an ORM on MongoDB says so in the options of its connection.
 * Only what the code does says it, no comment and no text.
 */
import type { FileGraph } from "../contracts/file-graph.js";
import type { PackageModel } from "../contracts/model.js";
import type { Catalogue } from "./catalogue.js";
import { hasOption, namesHolding, type Option } from "./options-shown.js";

/** A file of the program; its graph is only made where the file's text has something of it. */
export interface ShowingFile {
  readonly text: string;
  readonly graph: () => FileGraph | undefined;
}

/** The same catalogue, or one whose packages speak also to what the program shows. */
export function asShown(
  catalogue: Catalogue,
  files: readonly ShowingFile[],
  schemas: readonly { readonly text: string }[],
): Catalogue {
  const shown = new Map<PackageModel, PackageModel>();
  for (const model of catalogue.packages) {
    const more = (model.enginesShown ?? []).filter(({ by }) => isShown(by, files, schemas));
    if (more.length > 0)
      shown.set(model, {
        ...model,
        engines: [...new Set([...(model.engines ?? []), ...more.map(({ engine }) => engine)])],
      });
  }
  return shown.size === 0
    ? catalogue
    : catalogue.of(catalogue.packages.map((model) => shown.get(model) ?? model));
}

function isShown(
  by: string,
  files: readonly ShowingFile[],
  schemas: readonly { readonly text: string }[],
): boolean {
  const [, key, sign, quoted, beside = ""] =
    /^(?:([\w$]+)\s*([:=])\s*)?"([^"]+)"(?: beside (.+))?$/u.exec(by) ?? [];
  const word = quoted ?? by;
  if (sign === "=") {
    const setting = new RegExp(`^\\s*${key ?? ""}\\s*=\\s*"${word}"`, "mu");
    return schemas.some(({ text }) => setting.test(text));
  }
  if (key !== undefined)
    return isOptionShown({ key, text: word, beside: new Set(beside.match(/[\w$]+/gu)) }, files);
  return files.some(({ text, graph }) => {
    const made = text.includes(word) ? graph() : undefined;
    if (made === undefined) return false;
    return quoted === undefined ? isNamedIn(made, word) : made.specifiers.includes(word);
  });
}

/** Also by a name that another file gives the text: `type: DB_TYPE`, `type: settings.engine`. */
function isOptionShown(option: Option, files: readonly ShowingFile[]): boolean {
  const nowhere: ReadonlySet<string> = new Set();
  const mentioning = files.filter(({ text }) => text.includes(option.text));
  const graphs = mentioning.flatMap(({ graph }) => graph() ?? []);
  if (graphs.some((graph) => hasOption(graph, option, nowhere))) return true;
  const names = new Set(graphs.flatMap((graph) => namesHolding(graph, option)));
  if (names.size === 0) return false;
  const isHeld = new RegExp(
    `\\b(?:${[...names].map((name) => name.replaceAll("$", "\\$")).join("|")})\\b`,
    "u",
  );
  return files.some(({ text, graph }) => {
    const mayHave = text.includes(option.key) && (names.has("default") || isHeld.test(text));
    const made = mayHave ? graph() : undefined;
    return made !== undefined && hasOption(made, option, names);
  });
}

/** The name is imported, or a member is read that is called so: `typeorm.ObjectIdColumn`. */
function isNamedIn(graph: FileGraph, word: string): boolean {
  return (
    graph.imports.some(({ name }) => name === word) ||
    graph.functions.some(({ blocks }) =>
      blocks.some(({ instructions }) =>
        instructions.some(
          (each) => each.kind === "load" && each.property.kind === "name" && each.property.name === word,
        ),
      ),
    )
  );
}
