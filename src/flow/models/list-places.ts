/** Which elements of a list a call moves or takes away by their positions, and where the first of them goes. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Stretch } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { areAllKnown } from "../constants/complete-values.js";
import { isLengthOf } from "../constants/end-places.js";
import { lengthAt } from "../constants/spread-lengths.js";
import { noContext } from "../contexts/context.js";
import { isIndex, pairKey, positionOf } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { valuesAt } from "./address-values.js";
import { placeOfName } from "./name-places.js";
import { operandsOfSite } from "./site-operands.js";

export interface Places {
  readonly from: number;
  /** Behind the last of them. */
  readonly until: number;
  readonly to: number;
}

/** A list that is made longer in a loop has no last position. */
const farthest = 16;

/** Null where one of the positions is not known. */
export function placesAt(pointsTo: PointsTo, site: CallSite, stretch: Stretch): Places | null {
  if (operandsOfSite(site).arguments.some(({ spread }) => spread)) return null;
  const from = position(pointsTo, site, stretch.from, 0);
  const to = position(pointsTo, site, stretch.to, 0);
  const until = position(pointsTo, site, stretch.until, Infinity);
  const count = total(pointsTo, site, stretch.count, Infinity);
  if (from === null || to === null || until === null || count === null) return null;
  return { from, until: Math.min(until, from + Math.max(0, count)), to };
}

/** A negative one is counted from the end of the receiver. */
function position(
  pointsTo: PointsTo,
  site: CallSite,
  [first, ...others]: readonly Address[],
  otherwise: number,
): number | null {
  if (first === undefined) return otherwise;
  const begin = numberAt(pointsTo, site, first, otherwise);
  const more = total(pointsTo, site, others, 0);
  if (begin === null || more === null) return null;
  if (begin >= 0) return begin + more;
  const { receiver } = operandsOfSite(site);
  const length = receiver === null ? null : lengthAt(pointsTo, site.caller, site.point, receiver);
  return length === null ? null : Math.max(0, length + begin) + more;
}

function total(
  pointsTo: PointsTo,
  site: CallSite,
  sum: readonly Address[],
  otherwise: number,
): number | null {
  let found = sum.length === 0 ? otherwise : 0;
  for (const each of sum) {
    const number = numberAt(pointsTo, site, each, Infinity);
    if (number === null) return null;
    found += Math.max(0, number);
  }
  return found;
}

/** `otherwise` where nothing is given. */
function numberAt(pointsTo: PointsTo, site: CallSite, address: Address, otherwise: number): number | null {
  const { root } = address;
  const { receiver, arguments: given } = operandsOfSite(site);
  if (root.kind === "literal") return typeof root.value === "number" ? root.value : null;
  if (root.kind === "arguments") return Math.max(0, given.length - root.from);
  if (root.kind !== "argument" || address.steps.length > 0) return null;
  const argument = given[root.index];
  if (argument === undefined) return otherwise;
  if (receiver !== null && isLengthOf(pointsTo, site.caller, site.point, argument.value, receiver))
    return Infinity;
  const [only, ...others] = valuesAt(pointsTo, site, address);
  if (only?.kind !== "constant" || typeof only.value !== "number" || others.length > 0) return null;
  return areAllKnown(pointsTo, noContext, site.caller, argument.value) ? Math.trunc(only.value) : null;
}

/** Both ends of a flow for the fact; null where it is about an element that does not move. */
export function movedPlaces(
  pointsTo: PointsTo,
  site: CallSite,
  stretch: Stretch,
  [from, to]: readonly [Address, Address],
  base: number,
  path: AccessPath,
): readonly [Address, Address] | null {
  const named = namedOperand(site, stretch);
  if (named !== null) {
    const name = path.components[from.steps.findIndex(({ kind }) => kind === "any")] ?? "";
    const place = placeOfName(pointsTo, site, named, name);
    return [from, place === null ? to : placed(to, place)];
  }
  const places = placesAt(pointsTo, site, stretch);
  if (places === null) return [from, to];
  if (places.from >= places.until) return null;
  const at = from.root.kind === "arguments" ? numberOf(site, from, base) : placeIn(from, path);
  if (at === null) return [from, to];
  if (at < places.from || at >= places.until) return null;
  const moved = at - places.from + places.to;
  return moved > farthest ? [from, to] : [from, placed(to, moved)];
}

/** `to: arg0<keys>`: the object by whose names the places go. */
function namedOperand(site: CallSite, { to: [only] }: Stretch): ValueId | null {
  if (only?.root.kind !== "argument" || only.steps[0]?.kind !== "keys") return null;
  return operandsOfSite(site).arguments[only.root.index]?.value ?? null;
}

/** Which of a range of arguments the value is. */
function numberOf(site: CallSite, { root }: Address, base: number): number | null {
  if (root.kind !== "arguments") return null;
  const range = operandsOfSite(site).arguments.slice(root.from);
  const numbers = range.flatMap(({ value }, index) => (value === base ? [index] : []));
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}

/** The position of the element that the fact is about. */
function placeIn({ steps }: Address, { components }: AccessPath): number | null {
  const component = components[steps.findIndex(({ kind }) => kind === "element")] ?? "";
  return isIndex(component) && pairKey(component) === null ? positionOf(component) : null;
}

function placed(to: Address, at: number): Address {
  const index = to.steps.findIndex(({ kind }) => kind === "element");
  return {
    ...to,
    steps: to.steps.map((step, place) => (place === index ? { kind: "property", name: String(at) } : step)),
  };
}

/** The component is an element that is taken away. */
export function isAmong(places: Places, component: string): boolean {
  if (component === "[]") return places.from === 0 && places.until === Infinity;
  if (!isIndex(component) || pairKey(component) !== null) return false;
  const at = positionOf(component);
  return at >= places.from && at < places.until;
}
