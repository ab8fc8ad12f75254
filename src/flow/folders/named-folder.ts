/** The folder that a value names: beside the file that says it, or below the program's root. */
import type { FilePath } from "../../base/keys.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldValues } from "../constants/constants.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isBelow } from "./folder-plan.js";

/** The first that own files lie in; null where none can be told. */
export function folderNamed(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  caller: FunctionNode,
): FilePath | null {
  const files = pointsTo.program.files.map(({ file }) => file);
  for (const value of values) {
    const { text, home } = said(pointsTo, value, caller);
    if (text === null) continue;
    // What cannot be told in front of it is the folder of the file, or that in which the program is started.
    const [, rest = ""] = /^\*?\/*(.*)$/u.exec(text) ?? [];
    if (rest === "" || rest.includes("*")) continue;
    for (const folder of [joined(folderOf(home), rest), joined("", rest)])
      if (folder !== null && files.some((file) => isBelow(file, folder))) return folder;
  }
  return null;
}

/** A text, or an address that is made of one: `new URL("./routes", import.meta.url)`. */
function said(
  pointsTo: PointsTo,
  value: AbstractValue,
  caller: FunctionNode,
): { readonly text: string | null; readonly home: FilePath } {
  if (value.kind === "foreign") {
    const [owner = "", point = ""] = value.site?.split(":") ?? [];
    const node = pointsTo.program.functions[Number(owner)];
    const call = node?.code[Number(point)];
    if (node === undefined || call?.kind !== "call" || !call.new) return { text: null, home: caller.file };
    const [first] = call.arguments;
    const texts = first === undefined ? [] : foldValues(pointsTo, pointsTo.valuesOf(node, first.value));
    return { text: texts.length === 1 ? (texts[0] ?? null) : null, home: node.file };
  }
  if (value.kind !== "constant" && value.kind !== "computed") return { text: null, home: caller.file };
  const texts = foldValues(pointsTo, [value]);
  const home = value.kind === "computed" ? value.function.file : caller.file;
  return { text: texts.length === 1 ? (texts[0] ?? null) : null, home };
}

export function folderOf(file: FilePath): FilePath {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** Null where it leads out of the program. */
export function joined(folder: FilePath, rest: string): FilePath | null {
  const names = folder === "" ? [] : folder.split("/");
  for (const name of rest.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return null;
  }
  return names.join("/");
}
