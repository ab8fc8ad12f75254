/** What models say of points in time and of the time between them. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address, Role, TimeUnit } from "../../../contracts/model.js";
import { operandsAt, operandsOfSite, valuesAt } from "../../models/address-values.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { readModels } from "../../models/read-flows.js";
import type { AgeTools } from "./age-tools.js";
import type { AgeNames } from "./named-ages.js";
import type { Quantity } from "./quantity.js";
import {
  calendarOf,
  difference,
  inUnit,
  isPlain,
  millisecondsPerYear,
  momentInYear,
  negative,
  present,
  sum,
  times,
  unitsPerYear,
} from "./quantity.js";
import { unitNamed, unitsByName } from "./unit-names.js";

type Quantities = readonly Quantity[];
type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;
type Point = "now" | Address;

/** Reads a value of the function of a site where the site stands. */
export interface QuantitySource {
  of(node: FunctionNode, value: ValueId): Quantities;
  at(node: FunctionNode, value: ValueId, block: number): Quantities;
  ofValues(values: Iterable<ReturnType<typeof valuesAt>[number]>): Quantities;
  /** It was looked at on every way there. */
  isThere(node: FunctionNode, value: ValueId, block: number): boolean;
}

const none: Quantities = [];

export class ReadDates {
  /** Values that are read as they were made, before they were changed. */
  private readonly changing = new Map<FunctionNode, Map<ValueId, Quantities>>();

  constructor(
    private readonly tools: AgeTools,
    private readonly names: AgeNames,
    private readonly source: QuantitySource,
  ) {}

  /** What a call of a package gives. */
  ofCall(site: CallSite): Quantities {
    const roles = this.rolesAt(site);
    const found = roles.flatMap((role) => {
      if (role.kind === "moment") return role.output.some(isReturn) ? this.momentOf(site, role) : none;
      if (role.kind === "elapsed") return isReturn(role.output) ? this.elapsedOf(site, role) : none;
      return role.kind === "calendar" && isReturn(role.output) ? this.calendar(site, role) : none;
    });
    // It throws where there is no date.
    const isThere = roles.some(
      (role) => role.kind === "examines" && role.fits === null && role.lacks === null && !role.promised,
    );
    return isThere ? found.map((each) => ({ ...each, absent: "no" as const })) : found;
  }

  /** A property of what a call gives: `diff(…).years`; or one that is read from a moment. */
  ofProperty(node: FunctionNode, object: ValueId, name: string): Quantities {
    const own = this.ofRead(node, object, name);
    if (own.length > 0) return own;
    const definition = node.definitions[originOf(node, object)];
    const site =
      definition?.kind === "instruction" ? this.tools.pointsTo.findSite(node, definition.point) : undefined;
    if (site === undefined) return none;
    return this.rolesAt(site).flatMap((role) => {
      if (role.kind !== "elapsed" || role.output.root.kind !== "return") return none;
      const [step, ...others] = role.output.steps;
      return step?.kind === "property" && step.name === name && others.length === 0
        ? this.elapsedOf(site, role)
        : none;
    });
  }

  /** `DateTime.now().year`, or a moment that stands there: `job.timestamp`. */
  private ofRead(node: FunctionNode, object: ValueId, name: string): Quantities {
    const roles = readModels(this.tools.pointsTo, node, object, name).models.flatMap(
      ({ model }) => model.roles,
    );
    if (roles.some((role) => role.kind === "moment" && role.of === "now" && role.output.some(isReturn)))
      return [present];
    const isYear = roles.some(
      (role) => role.kind === "calendar" && role.unit === "year" && role.of.root.kind === "this",
    );
    return isYear ? this.source.of(node, object).map((each) => calendarOf(asMoment(each), "year")) : none;
  }

  /** The same moment behind calls that change it: `limit.setFullYear(…)`, `limit.subtract(14, "years")`. */
  changed(node: FunctionNode, value: ValueId, made: Quantities): Quantities {
    let values = this.changing.get(node);
    if (values === undefined) this.changing.set(node, (values = new Map<ValueId, Quantities>()));
    const before = values.get(value);
    if (before !== undefined) return before;
    values.set(value, made);
    let found = made;
    for (const point of usesOf(node, value)) {
      const site = node.code[point]?.kind === "call" ? this.tools.pointsTo.findSite(node, point) : undefined;
      const receiver = site === undefined ? null : operandsOfSite(site).receiver;
      if (site === undefined || receiver === null || originOf(node, receiver) !== originOf(node, value))
        continue;
      for (const role of this.rolesAt(site)) {
        if (role.kind !== "moment" || !role.output.some(({ root }) => root.kind === "this")) continue;
        const next = this.momentOf(site, role, found);
        // A birthday of another year, which the age was worked out without: `born.setFullYear(now.getFullYear())`.
        const isMoved = found.every(isBirth) && !next.some(({ birth }) => birth !== 0);
        if (next.length > 0 && !isMoved) found = next;
      }
    }
    values.delete(value);
    return found;
  }

  /** Does the value only say which of two moments is the later one? */
  isSign(node: FunctionNode, value: ValueId): boolean {
    const definition = node.definitions[originOf(node, value)];
    const site =
      definition?.kind === "instruction" ? this.tools.pointsTo.findSite(node, definition.point) : undefined;
    return (
      site !== undefined &&
      this.rolesAt(site).some((role) => role.kind === "elapsed" && role.counted === "sign")
    );
  }

  /** The two sides of a call that compares moments. */
  comparedAt(
    site: CallSite,
  ): { readonly operator: string; readonly left: Quantities; readonly right: Quantities } | null {
    for (const role of this.rolesAt(site)) {
      if (role.kind !== "compares") continue;
      const left = this.pointAt(site, role.left);
      const right = this.pointAt(site, role.right);
      return { operator: role.operator, left, right };
    }
    return null;
  }

  private rolesAt(site: CallSite): readonly Role[] {
    if (site.foreign.size === 0) return [];
    return this.tools.models.at(site).flatMap(({ model }) => model.roles);
  }

  private momentOf(site: CallSite, role: RoleOf<"moment">, receiver: Quantities | null = null): Quantities {
    const { of, year, day, plus, minus, output } = role;
    if (year !== null) {
      const isWhole = day !== null && (day.root.kind === "this" || operandsAt(site, day).length > 0);
      return this.numbersAt(site, year)
        .filter((each) => !isPlain(each))
        .map((each) => momentInYear(each, isWhole));
    }
    if (of === null) return none;
    const from =
      receiver !== null && of !== "now" && of.root.kind === "this" ? receiver : this.pointAt(site, of);
    const amount = plus ?? minus;
    // The moment that was changed is read with all that changes it.
    const isItself = receiver === null && output.some(({ root }) => root.kind === "this");
    if (amount === null || isItself) return from;
    const later = this.amountsAt(site, amount, role.unit);
    return from.flatMap((each) =>
      later.flatMap((much) => sum(each, plus === null ? negative(much) : much) ?? none),
    );
  }

  /** So many units, in milliseconds, or what an object of units says: `{ years: 14, months: 6 }`. */
  private amountsAt(site: CallSite, amount: Address, asked: TimeUnit | Address): Quantities {
    const isLeftOut = typeof asked !== "string" && operandsAt(site, asked).length === 0;
    const unit = isLeftOut ? "millisecond" : this.unitAt(site, asked);
    if (unit === null) return none;
    const numbers = this.numbersAt(site, amount).filter(isPlain);
    return numbers.length > 0
      ? numbers.map((each) => times(each, millisecondsPerYear / unitsPerYear[unit]))
      : this.partsAt(site, amount);
  }

  private partsAt(site: CallSite, whole: Address): Quantities {
    if (whole.steps.length > 0) return none;
    const [object] = operandsAt(site, whole);
    let found: Quantities = none;
    for (const [name, unit] of unitsByName) {
      const part: Address = { ...whole, steps: [{ kind: "property", name }], text: `${whole.text}.${name}` };
      const numbers = this.numbersAt(site, part);
      const isUnknown = numbers.length === 0 && object !== undefined && isPut(site.caller, object, name);
      if (isUnknown || !numbers.every(isPlain)) return none;
      const parts = numbers.map((each) => times(each, millisecondsPerYear / unitsPerYear[unit]));
      if (parts.length === 0) continue;
      found =
        found.length === 0
          ? parts
          : found.flatMap((each) => parts.flatMap((more) => sum(each, more) ?? none));
    }
    return found;
  }

  private elapsedOf(site: CallSite, role: RoleOf<"elapsed">): Quantities {
    const { of, from, to, unit: asked, counted } = role;
    const unit = this.unitAt(site, asked);
    if (unit === null) return none;
    if (of !== null) return this.stretchOf(site, of, unit, role);
    if (from === null || to === null) return none;
    const ends = this.pointAt(site, to);
    return this.pointAt(site, from).flatMap((start) =>
      ends.flatMap((end) => {
        const apart = difference(end, start);
        return apart === null || isPlain(apart) ? none : [inUnit(apart, unit, counted)];
      }),
    );
  }

  private stretchOf(
    site: CallSite,
    of: Address,
    unit: TimeUnit,
    { counted, in: given }: RoleOf<"elapsed">,
  ): Quantities {
    const found = this.numbersAt(site, of);
    // A stretch that is told by its length, and not by its ends, has milliseconds.
    const lengths =
      given != null && found.every(isPlain)
        ? this.amountsAt(site, of, given)
        : of.root.kind === "this"
          ? found.filter(isPlain)
          : none;
    return lengths.length > 0
      ? lengths.map((each) => times(each, unitsPerYear[unit] / millisecondsPerYear))
      : found.map((each) => inUnit(each, unit, counted));
  }

  private calendar(site: CallSite, { of, unit }: RoleOf<"calendar">): Quantities {
    if (unit !== "year") return none;
    // `moment.duration(…).years()`, where a moment has years, too: a stretch is told by its own.
    const isStretch = this.rolesAt(site).some(
      (role) => role.kind === "elapsed" && role.of?.root.kind === "this",
    );
    return this.pointAt(site, of).flatMap((each) =>
      isStretch && each.now + each.birth === 0 ? none : [calendarOf(each, unit)],
    );
  }

  /** A point in time: what nothing is known of, may be a day of birth. */
  private pointAt(site: CallSite, address: Point): Quantities {
    if (address === "now") return [present];
    const [value] = operandsAt(site, address);
    const found = this.numbersAt(site, address);
    if (found.length > 0 || value === undefined) return found.map(asMoment);
    if (address.steps.length > 0) return none;
    const { caller } = site;
    if (definitionOf(caller, value)?.kind === "constant") return none;
    const birth = this.names.birthOf(caller, value);
    if (birth === null) return none;
    return this.source.isThere(caller, value, caller.blockOf[site.point] ?? 0)
      ? [{ ...birth, absent: "no" }]
      : [birth];
  }

  private numbersAt(site: CallSite, address: Address): Quantities {
    const [value] = operandsAt(site, address);
    const { caller } = site;
    if (value === undefined) return this.source.ofValues(valuesAt(this.tools.pointsTo, site, address));
    const block = caller.blockOf[site.point] ?? 0;
    if (address.steps.length === 0)
      return this.changing.get(caller)?.get(originOf(caller, value)) ?? this.source.at(caller, value, block);
    const [step, ...others] = address.steps;
    if (step?.kind !== "property" || others.length > 0) return none;
    const stored = putUnder(caller, value, step.name);
    const found = stored.flatMap((each) => this.source.at(caller, each, block));
    if (found.length > 0 || stored.length === 0)
      return found.length > 0 ? found : this.source.ofValues(valuesAt(this.tools.pointsTo, site, address));
    return stored.flatMap((each) => this.names.birthOf(caller, each) ?? none);
  }

  private unitAt(site: CallSite, unit: TimeUnit | Address): TimeUnit | null {
    if (typeof unit === "string") return unit;
    for (const value of valuesAt(this.tools.pointsTo, site, unit))
      if (value.kind === "constant" && typeof value.value === "string") return unitNamed(value.value);
    return null;
  }
}

/** What is put into an object under a name, where it is made. */
function putUnder(node: FunctionNode, value: ValueId, name: string): readonly ValueId[] {
  const object = originOf(node, value);
  return node.code.flatMap((each) =>
    each.kind === "store" &&
    originOf(node, each.object) === object &&
    each.property.kind === "name" &&
    each.property.name === name
      ? [each.value]
      : [],
  );
}

function isPut(node: FunctionNode, value: ValueId, name: string): boolean {
  return putUnder(node, value, name).length > 0;
}

function isBirth({ birth, now }: Quantity): boolean {
  return birth !== 0 && now === 0;
}

function isReturn({ root, steps }: Address): boolean {
  return root.kind === "return" && steps.length === 0;
}

/** A calendar year that stands for a moment is one of its days. */
function asMoment(quantity: Quantity): Quantity {
  if (isPlain(quantity) || quantity.perYear === millisecondsPerYear) return quantity;
  return times(quantity, millisecondsPerYear / quantity.perYear);
}

/** Points where a value or a name of it is used, in order. */
function usesOf(node: FunctionNode, value: ValueId): readonly number[] {
  const points: number[] = [];
  const queue = [value];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const point of node.uses[next] ?? []) {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") queue.push(use.out);
      else points.push(point);
    }
  return points.sort((a, b) => a - b);
}
