/** The words of a type that a guard's answer is written with by name: an enum, an alias of a union, of this file or another. */
import type { FilePath } from "../../../base/keys.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { nodesNamed } from "../../program/named-nodes.js";
import { type GuardWord, wordFor } from "./answer-words.js";
import { wordsOfType } from "./object-words.js";

/** Names that stand for other names. */
const deepest = 4;

export function wordsNamed(
  pointsTo: PointsTo,
  file: FilePath,
  name: string,
  depth = 0,
): readonly GuardWord[] | null {
  if (depth > deepest) return null;
  const declared = declarationOf(pointsTo, file, name);
  const written =
    declared === null
      ? null
      : wordsOfType(declared.type, (other) => wordsNamed(pointsTo, declared.file, other, depth + 1));
  return written ?? wordsOfEnum(pointsTo, file, name);
}

function declarationOf(
  pointsTo: PointsTo,
  file: FilePath,
  name: string,
): { readonly file: FilePath; readonly type: Parameters<typeof wordsOfType>[0] } | null {
  const graph = pointsTo.program.graphOf(file);
  const own = graph?.types.find((each) => each.name === name);
  if (own !== undefined) return { file, type: own.type };
  const imported = graph?.imports.find(({ local }) => local === name);
  const target = imported === undefined ? null : pointsTo.resolver.moduleOf(file, imported.specifier);
  if (imported === undefined || target === null || "module" in target) return null;
  const found = pointsTo.program.graphOf(target.file)?.types.find((each) => each.name === imported.name);
  return found === undefined ? null : { file: target.file, type: found.type };
}

/** The members of an enum, or of an object of constants that has the type's name. */
function wordsOfEnum(pointsTo: PointsTo, file: FilePath, name: string): readonly GuardWord[] | null {
  const [object, ...others] = nodesNamed(pointsTo, file, name).flatMap((node) => [...node.values]);
  if (object?.kind !== "object" || object.array || others.length > 0) return null;
  // Places for elements and accessors are there whatever stands in the object.
  const members = [...pointsTo.fieldsOf(object)].filter(([, { values }]) => values.size > 0);
  const words = members.map(([member, { values }]) => {
    const [only, ...more] = values;
    if (only?.kind !== "constant" || more.length > 0) return null;
    const { value } = only;
    return typeof value === "string" || typeof value === "number" ? wordOf(value, member) : null;
  });
  return words.length === 0 || words.includes(null) ? null : words.flatMap((each) => each ?? []);
}

/** What is stored and what it is called may both say it: `Declined = "no"`, `No = 0`. */
function wordOf(value: string | number, member: string): GuardWord {
  const word = wordFor(value, member);
  return word.isRefusal || word.isGrant || typeof value === "number" ? word : wordFor(value, value);
}
