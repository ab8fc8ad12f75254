import ts from "typescript";
import type { FileGraph } from "../../../src/contracts/file-graph.js";
import { lowerFile } from "../../../src/lower/lower-file.js";

/** Lowers a text; the ending of `file` says which language it is. */
export function lowerText(text: string, file = "a.ts", typescript: typeof ts = ts): FileGraph {
  return lowerFile(
    typescript,
    typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, true),
    file,
  );
}
