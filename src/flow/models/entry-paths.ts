/** The access-path components of an entry that another address names: `arg0[arg1]`, `return[...arg1[]]`. */
import type { Address, AddressStep } from "../../contracts/model.js";
import type { Catalogue } from "../../models/catalogue.js";
import { certainNames, onlyName } from "../constants/certain-names.js";
import { areAllKnown, mayHoldMore } from "../constants/complete-values.js";
import { foldValues } from "../constants/constants.js";
import { noContext } from "../contexts/context.js";
import { listedNames } from "../paths/listed-names.js";
import { identityKey, isIdentity, isScalar } from "../points-to/abstract-value.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { operandsAt, valuesAt } from "./address-values.js";

type EntryStep = Extract<AddressStep, { kind: "entry" }>;

/** More keys than this are one unknown key. */
const mostKeys = 12;

/** The entry of a map is `=key`, the property of an object its name; a path of names is one component a name. */
export function entryPaths(
  pointsTo: PointsTo,
  site: CallSite,
  step: EntryStep,
  names: readonly string[],
): readonly (readonly string[])[] {
  const keyed = isMapCall(pointsTo, site);
  const unknown = keyed ? "=*" : "*";
  // What a function is asked for may be anything.
  if (step.key.steps.some(({ kind }) => kind === "parameter")) return [[unknown]];
  const values = valuesAt(pointsTo, site, step.key, names);
  // An iteratee, where a name could stand as well.
  if (values.length > 0 && values.every(isFunction)) return [];
  if (step.path === true) {
    const lists = values.flatMap((value) =>
      value.kind === "object" && value.array ? [listedNames(pointsTo, value, mostKeys)] : [],
    );
    if (lists.length > 0) return lists.map((list) => list ?? ["*"]);
  }
  if (keyed && values.length > 0 && values.length <= mostKeys && values.every(isIdentity))
    return values.map((value) => [`=${identityKey(value)}`]);
  const texts = foldValues(pointsTo, values);
  if (texts.length > mostKeys || texts.some((text) => text.includes("*") || text.startsWith("env:")))
    return isGiven(pointsTo, site, step.key) ? [[unknown]] : [];
  const paths = texts.flatMap((text) => namedPaths(step, text, keyed));
  return areKeysKnown(pointsTo, site, step.key, keyed) ? paths : [...paths, [unknown]];
}

/** The same, of those names alone that are surely meant. */
export function certainEntries(
  pointsTo: PointsTo,
  site: CallSite,
  step: EntryStep,
  names: readonly string[],
): readonly (readonly string[])[] {
  const [element, ...others] = step.key.steps;
  const isListed = element?.kind === "element" && others.length === 0;
  const certain = isListed
    ? certainNames(pointsTo, valuesAt(pointsTo, site, { ...step.key, steps: [] }, names))
    : element?.kind === "keys"
      ? null
      : isOneText(pointsTo, valuesAt(pointsTo, site, step.key, names));
  const paths = entryPaths(pointsTo, site, step, names).filter((path) => !path.includes("*"));
  if (certain === null) return paths;
  const keyed = isMapCall(pointsTo, site);
  const found = certain.flatMap((name) => namedPaths(step, name, keyed));
  return paths.filter((path) =>
    found.some((each) => each.length === path.length && each.every((name, index) => name === path[index])),
  );
}

function isFunction({ kind }: AbstractValue): boolean {
  return kind === "function" || kind === "bound" || kind === "invoker";
}

/** Null: what is no text names its entries in another way. */
function isOneText(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly string[] | null {
  return values.every(({ kind }) => kind === "constant" || kind === "computed")
    ? onlyName(pointsTo, values)
    : null;
}

/** What tells the key is handed over, whatever it is: a list of names, where these are listed. */
function isGiven(pointsTo: PointsTo, site: CallSite, { root, steps, text }: Address): boolean {
  if (root.kind !== "argument" || site.instruction.kind !== "call") return true;
  const given = steps.length === 0 ? [] : valuesAt(pointsTo, site, { root, steps: [], text });
  return hasArgument(site, root.index) && (given.length === 0 || !given.every(isScalar));
}

function hasArgument({ instruction }: CallSite, index: number): boolean {
  if (instruction.kind !== "call") return false;
  return instruction.arguments.length > index || instruction.arguments.some((argument) => argument.spread);
}

/** A key that begins as `""` and is what somebody gives later may be any; so may those of a list that is filled later. */
function areKeysKnown(pointsTo: PointsTo, site: CallSite, key: Address, keyed: boolean): boolean {
  const [element, ...others] = key.steps;
  if (keyed)
    return (
      element !== undefined ||
      operandsAt(site, key).every((value) => areAllKnown(pointsTo, noContext, site.caller, value))
    );
  if (key.root.kind !== "argument" || element?.kind !== "element" || others.length > 0) return true;
  return (
    operandsAt(site, key).every((value) => areAllKnown(pointsTo, noContext, site.caller, value)) &&
    valuesAt(pointsTo, site, { ...key, steps: [] }).every((list) => !mayHoldMore(pointsTo, list))
  );
}

function namedPaths(step: EntryStep, text: string, keyed: boolean): readonly (readonly string[])[] {
  if (step.path === true) return [namesOfPath(text)];
  if (keyed) return [[`=${text}`]];
  return step.caseless === true ? spellingsOf(text).map((name) => [name]) : [[text]];
}

/** As people write the names of headers: `X-Name` as it stands, `x-name`, and with capitals that begin its words. */
function spellingsOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  const capital = lower.replace(/(?<=^|-)[a-z]/gu, (letter) => letter.toUpperCase());
  return [...new Set([text, lower, capital])];
}

/** `a.b[0]["c"]` as names. */
function namesOfPath(text: string): readonly string[] {
  const names = [...text.matchAll(/[^.[\]"']+/gu)].map((match) => match[0]);
  return names.length === 0 ? [text] : names;
}

function isMapCall({ catalogue }: PointsTo, site: CallSite): boolean {
  return (
    [...site.foreign].some(
      ({ module, path: [type = "", name = ""] }) =>
        (module === "lib" || module === "global") &&
        // Of what nothing is known, the methods that maps have: `at` is asked of lists alone.
        (type === "*" ? isMapMethod(catalogue, name) : /Map$/u.test(type)),
    ) || [...site.foreign].some((callee) => /EventEmitter|EventTarget/u.test(callee.path[0] ?? ""))
  );
}

function isMapMethod(catalogue: Catalogue, name: string): boolean {
  return catalogue.membersNamed("lib", name, "call").some(({ model }) => {
    const [type] = model.path;
    return type?.kind === "name" && type.name.endsWith("Map");
  });
}
