/** Statements by which a program asks its own tables who may: `SELECT 1 FROM staff WHERE login = $1 AND role = 'nurse'`. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import { anyElement } from "../guards/evidence/outcome.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isRightName, isStaffWord } from "./authorization-words.js";

const selected = /^\s*select\b[\s\S]*?\bfrom\s+["`]?(?:\w+["`]?\.["`]?)?(\w+)([\s\S]*)$/iu;
const compared = /(\w+)["`]?\s*(?:=|\bin\b)\s*(?:any\s*)?['($?:]/giu;
/** What says how many rows there are, or gives one. */
const counting = new Set(["rowCount", "length", "count", "0", anyElement]);

/** It gives a row where somebody is of the staff, or has a right, and none where not. */
export function isRightsQuery(text: string, staffOnly: boolean): boolean {
  const [, table = "", rest = ""] = selected.exec(text) ?? [];
  const where = /\bwhere\b([\s\S]*)$/iu.exec(rest)?.[1] ?? "";
  if (where === "" || isNegated(rest)) return false;
  // What is helped with is kept under that name, too.
  if (isStaffWord(table) && !/support/iu.test(table)) return true;
  const columns = [...where.matchAll(compared)].map(([, column = ""]) => column);
  if (!columns.some((column) => isRightName(column))) return false;
  return !staffOnly || [...where.matchAll(/'([^']*)'/gu)].some(([, word = ""]) => isStaffWord(word));
}

/** Rows of such a statement are asked for, and there are some. */
export function findsRights(
  node: FunctionNode,
  { arguments: [first] }: InstructionOf<"call">,
  path: readonly string[],
  staffOnly: boolean,
): boolean {
  const last = path.at(-1);
  if (first === undefined || last === undefined || !counting.has(last)) return false;
  const text = definitionOf(node, first.value);
  return text?.kind === "constant" && typeof text.value === "string" && isRightsQuery(text.value, staffOnly);
}

/** `role <> 'guest'`, `OR …`: there are rows for others, too. */
function isNegated(rest: string): boolean {
  return /<>|!=|\bnot\b|\bor\b/iu.test(rest);
}
