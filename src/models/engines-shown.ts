/**
 * What packages of several engines speak to in one program: an ORM on MongoDB says so in the options of its connection.
 * Only what the code does says it, no comment and no text.
 */
import type { FileGraph, FunctionGraph, ValueId } from "../contracts/file-graph.js";
import type { PackageModel } from "../contracts/model.js";
import type { Catalogue } from "./catalogue.js";

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
  const [, key, sign, quoted] = /^(?:([\w$]+)\s*([:=])\s*)?"([^"]+)"$/u.exec(by) ?? [];
  const word = quoted ?? by;
  if (sign === "=") {
    const setting = new RegExp(`^\\s*${key ?? ""}\\s*=\\s*"${word}"`, "mu");
    return schemas.some(({ text }) => setting.test(text));
  }
  const isIn = (graph: FileGraph): boolean => {
    if (key !== undefined) return graph.functions.some((each) => isOptionIn(graph, each, key, word));
    return quoted === undefined ? isNamedIn(graph, word) : graph.specifiers.includes(word);
  };
  return files.some(({ text, graph }) => {
    const made = text.includes(word) ? graph() : undefined;
    return made !== undefined && isIn(made);
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

/** An object has the text under the key. */
function isOptionIn(graph: FileGraph, { blocks }: FunctionGraph, key: string, text: string): boolean {
  return blocks.some(({ instructions }) =>
    instructions.some(
      (each) =>
        each.kind === "store" &&
        each.property.kind === "name" &&
        each.property.name === key &&
        mayBe(graph, blocks, each.value, text, new Set()),
    ),
  );
}

/** Also by way of a variable, or of one of two: `process.env.DB ?? "mongodb"`. */
function mayBe(
  graph: FileGraph,
  blocks: FunctionGraph["blocks"],
  value: ValueId,
  text: string,
  seen: Set<ValueId>,
): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const again = (other: ValueId): boolean => mayBe(graph, blocks, other, text, seen);
  for (const { phis, instructions } of blocks) {
    const phi = phis.find(({ out }) => out === value);
    if (phi !== undefined) return phi.inputs.some((input) => again(input.value));
    for (const each of instructions) {
      if (!("out" in each) || each.out !== value) continue;
      if (each.kind === "constant") return each.value === text;
      if (each.kind === "template") return each.values.length === 0 && each.texts.join("") === text;
      if (each.kind === "declare" || each.kind === "cast") return again(each.value);
      return each.kind === "cell-read" && isCell(graph, each.cell, text);
    }
  }
  return false;
}

function isCell(graph: FileGraph, cell: string, text: string): boolean {
  return graph.functions.some(({ blocks }) =>
    blocks.some(({ instructions }) =>
      instructions.some(
        (each) =>
          each.kind === "cell-write" &&
          each.cell === cell &&
          mayBe({ ...graph, functions: [] }, blocks, each.value, text, new Set()),
      ),
    ),
  );
}
