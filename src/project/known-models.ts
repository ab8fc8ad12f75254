import { resolve } from "node:path";
import type { DocumentProblem } from "../contracts/document-problem.js";
import type { PackageModel } from "../contracts/model.js";
import { readUserModels } from "../models/user-models.js";
import { readBuiltInModels } from "./catalogue-files.js";
import { readFolder } from "./folder.js";
import { readSetupFiles } from "./setup-files.js";

/** What is known of packages, built in and by the configs of a folder. */
export interface KnownModels {
  readonly builtIn: readonly PackageModel[];
  readonly own: readonly PackageModel[];
  /** Of the configs and of their models. */
  readonly problems: readonly DocumentProblem[];
}

/** Reads the models alone; nothing of the code is opened. */
export function readModels(root: string, config: string | undefined): KnownModels {
  const absolute = resolve(root).replaceAll("\\", "/");
  const named = config === undefined ? null : resolve(config).replaceAll("\\", "/");
  const { configs } = readSetupFiles(absolute, readFolder(absolute).paths, named);
  const { models, problems } = readUserModels(configs.configs);
  return { builtIn: readBuiltInModels(), own: models, problems: [...configs.problems, ...problems] };
}
