import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PackageModel } from "../contracts/model.js";
import { describeModelError } from "../models/model-error.js";
import { parseModelFile, parseModelList } from "../models/model-file.js";

/** Where the model files lie: beside the compiled code, as beside the sources. */
const modelsFolder = new URL("../models/", import.meta.url);

/** The built-in models, already parsed: made by `scripts/copy-models.mjs`, only beside compiled code. */
const compiledFile = new URL("catalogue.json", modelsFolder);

let catalogue: readonly PackageModel[] | undefined;

/**
 * The models that the package ships, in the order of their file names. Read once a process; a broken file of
 * our own is a defect of the build, so it throws.
 */
export function readBuiltInModels(): readonly PackageModel[] {
  catalogue ??= readCompiled() ?? readModelFiles();
  return catalogue;
}

function readCompiled(): readonly PackageModel[] | null {
  try {
    return JSON.parse(readFileSync(compiledFile, "utf8")) as PackageModel[];
  } catch {
    return null;
  }
}

/** The text and name of every model file, libraries first. */
export function listModelFiles(): { name: string; text: string }[] {
  return ["lib", "packages"].flatMap((folder) => {
    const path = fileURLToPath(new URL(`${folder}/`, modelsFolder));
    const names = readdirSync(path)
      .filter((name) => name.endsWith(".yaml"))
      .sort();
    return names.map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${path}${name}`, "utf8") }));
  });
}

/** Parses every model file afresh. */
export function readModelFiles(): readonly PackageModel[] {
  return [
    ...listModelFiles().flatMap(({ name, text }) => {
      const { model, errors } = parseModelFile(text, name);
      if (errors.length > 0) throw new Error(errors.map(describeModelError).join("\n"));
      return model === null ? [] : [model];
    }),
    ...readRecipients(),
  ];
}

/** The packages of which no more is known than whom they belong to. */
export function readRecipients(): readonly PackageModel[] {
  const name = "recipients.yaml";
  const { models, errors } = parseModelList(readFileSync(new URL(name, modelsFolder), "utf8"), name);
  if (errors.length > 0) throw new Error(errors.map(describeModelError).join("\n"));
  return models;
}
