import { compareMigrations, isDownScript, upPart } from "../models/sql/migration-order.js";
import { fileSizeLimit, type Folder } from "./folder.js";
import type { SqlFile } from "./project.js";

/** The SQL files of a folder that make or change tables, as migrations are run: by their names. */
export function readSqlFiles(folder: Folder): SqlFile[] {
  return folder.paths
    .filter((path) => path.endsWith(".sql") && !isDownScript(path) && folder.size(path) <= fileSizeLimit)
    .sort(compareMigrations)
    .map((path) => ({ path, text: upPart(folder.read(path) ?? "") }))
    .filter(({ text }) => /\btable\b/iu.test(text));
}
