/** The names of what a call deletes; of several things that it deletes at once, each. */
import type { Address, Target } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldEach, valuesAt } from "../models/address-values.js";
import { foldIn, foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";

/** A text, behind what it is part of: `[arg0.Bucket, /, arg0.Objects[].Key]`. */
export function targetsOf(
  pointsTo: PointsTo,
  site: CallSite,
  { parts }: Target,
  names: readonly string[],
  read?: ReadValues,
): readonly string[] {
  const last = parts.at(-1);
  if (last === undefined || typeof last === "string" || !areSeveral(last))
    return foldEach(pointsTo, site, parts, names, read);
  const found = textsAt(pointsTo, site, last, names, read);
  const before = parts.slice(0, -1);
  return before.length === 0
    ? found
    : foldEach(pointsTo, site, before, names, read).flatMap((start) => found.map((text) => start + text));
}

function areSeveral({ root, steps }: Address): boolean {
  return root.kind === "arguments" || steps.some(({ kind }) => kind === "element");
}

function textsAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
  read: ReadValues | undefined,
): readonly string[] {
  const values = valuesAt(pointsTo, site, address, names, read);
  // A list among the arguments, or an object in a list, is no text of its own: another address means what is in it.
  const texts = values.filter((value) => !holdsOthers(value));
  if (texts.length === 0 && (values.length > 0 || areTexts(pointsTo, site, address, names))) return [];
  const found = read === undefined ? foldValues(pointsTo, texts) : foldIn(pointsTo, texts, read);
  const known = found.filter((text) => text !== "*");
  // What nobody can tell beside what is told is more of the same (`del(listKey, ...keys)`), and not just anything.
  return known.length > 0 ? known : found;
}

/** A property is asked for in what is a list of texts. */
function areTexts(pointsTo: PointsTo, site: CallSite, address: Address, names: readonly string[]): boolean {
  const { steps } = address;
  const element = steps.findLastIndex(({ kind }) => kind === "element");
  if (element === -1 || element === steps.length - 1) return false;
  const elements = valuesAt(pointsTo, site, { ...address, steps: steps.slice(0, element + 1) }, names);
  return elements.length > 0 && elements.every(({ kind }) => kind === "constant" || kind === "computed");
}

function holdsOthers(value: AbstractValue): boolean {
  return value.kind === "foreign"
    ? value.module === "lib" && value.path.join(".") === "Array"
    : value.kind === "object";
}
