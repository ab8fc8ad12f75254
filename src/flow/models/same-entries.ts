/**
 * `arg0[...arg1[]] -> return[...arg1[]]`: what lies under one of several names goes under the same name, and under no
 * other of them.
 */
import type { Address, AddressStep } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { readPrefix } from "../paths/access-path.js";
import { isPropertyName } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Fact } from "../tabulation/fact.js";
import { rootPlaces, stepPaths } from "./address-facts.js";

type EntryStep = Extract<AddressStep, { kind: "entry" }>;

/** Where a flow from `from` to `to` puts the fact at `path`, which begins where the steps of `from` do. */
export function toSameEntry(
  pointsTo: PointsTo,
  site: CallSite,
  from: readonly AddressStep[],
  to: Address,
  path: AccessPath,
  names: readonly string[],
): Address {
  const position = from.findIndex((step) => step.kind === "entry");
  const read = from[position];
  if (read?.kind !== "entry" || !to.steps.some((step) => isSame(step, read))) return to;
  const own = namesMet(pointsTo, site, from.slice(0, position), read, path, names);
  return own === null
    ? to
    : { ...to, steps: to.steps.flatMap((step) => (isSame(step, read) ? own.map(named) : [step])) };
}

/** The same for a fact in the caller. Of an argument that is spread, each element is one of another place. */
export function atSameEntry(
  pointsTo: PointsTo,
  site: CallSite,
  from: Address,
  to: Address,
  { base, path }: Pick<Fact, "base" | "path">,
  names: readonly string[],
): Address {
  const isSpread = rootPlaces(site, from).some((place) => place.base === base && place.prefix.length > 0);
  return isSpread ? to : toSameEntry(pointsTo, site, from.steps, to, path, names);
}

function isSame(step: AddressStep, read: EntryStep): boolean {
  return step.kind === "entry" && step.key.text === read.key.text && step.path === read.path;
}

function named(name: string): AddressStep {
  return name === "[]" ? { kind: "element" } : { kind: "property", name };
}

/** The one of the names that the fact lies under; null where it may lie under several, or is told of the whole. */
function namesMet(
  pointsTo: PointsTo,
  site: CallSite,
  before: readonly AddressStep[],
  entry: EntryStep,
  path: AccessPath,
  names: readonly string[],
): readonly string[] | null {
  const start = stepPaths(pointsTo, site, before, names)?.alternatives;
  const depth = start?.[0]?.length ?? 0;
  if (start === undefined || start.some(({ length }) => length !== depth)) return null;
  const entries = stepPaths(pointsTo, site, [entry], names)?.alternatives ?? [];
  const met = entries.filter((each) =>
    start.some(
      (first) =>
        path.components.length >= depth + each.length && readPrefix(path, [...first, ...each]) !== null,
    ),
  );
  const name = path.components[depth] ?? "";
  // Also what an unknown one of them takes keeps its name.
  if (met.length > 0 && isPropertyName(name) && met.every((each) => each.length === 1)) return [name];
  const [only] = met;
  return met.length === 1 && only !== undefined && entries.length > 1 ? only : null;
}
