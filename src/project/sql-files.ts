import { compareMigrations, isDownScript, upPart } from "../models/sql/migration-order.js";
import { findLineStarts, locate } from "../base/location.js";
import type { ProjectProblem } from "../contracts/project.js";
import { unreadStatements } from "../models/sql/unread-statements.js";
import { parentOf } from "./ignored-files.js";
import { fileSizeLimit, type Folder } from "./folder.js";
import type { SqlFile } from "./project.js";

/** The SQL files of a folder that make or change tables, as migrations are run: by their names. */
export function readSqlFiles(folder: Folder): SqlFile[] {
  const files = folder.paths
    .filter((path) => path.endsWith(".sql") && !isDownScript(path) && folder.size(path) <= fileSizeLimit)
    .sort(compareMigrations)
    .map((path) => ({ path, text: upPart(folder.read(path) ?? "") }))
    .filter(({ text }) => text.trim() !== "");
  const speaking = files.filter(({ text }) => /\btable\b/iu.test(text));
  // What lies among migrations is one, though no word in it says so: `ALTER TABEL …`.
  const folders = new Set(speaking.map(({ path }) => parentOf(path)));
  return files.filter(({ path, text }) => /\btable\b/iu.test(text) || folders.has(parentOf(path)));
}

/** What of a file cannot be read, at its place: the rest of it is. */
export function migrationProblems({ path, text }: SqlFile): ProjectProblem[] {
  const lineStarts = findLineStarts(text);
  return unreadStatements(text).map(({ at, problem }) => ({
    kind: "migration-error",
    location: locate(path, lineStarts, [at, at + 1]),
    subject: problem,
    fatal: false,
  }));
}
