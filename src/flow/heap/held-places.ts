/**
 * What models alone put into an object and take out of it (`.held(errors)`): where calls on one object work together
 * although no data passes between them in the program. Objects are told apart by where they are made; the order of
 * calls counts inside one function.
 */
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { prepend, readPrefix } from "../paths/access-path.js";
import { stepPaths, writtenPaths } from "../models/address-facts.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import { isHidden } from "../paths/path-components.js";
import { foldValues, settingOf } from "../constants/constants.js";
import type { State } from "../tabulation/fact.js";
import type { LaterPoints } from "../program/later-points.js";
import { laterPoints } from "../program/later-points.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { Trace } from "../tabulation/trace.js";
import { step as addStep } from "../tabulation/trace.js";

/** A flow of a model out of what an object holds. */
interface Taking {
  readonly site: CallSite;
  readonly from: Address;
  readonly to: Address;
  readonly names: readonly string[];
  /** A call on the object itself: it gets what earlier calls left. Else the object is what somebody else asks. */
  readonly inTurn: boolean;
  /** A function gets it, and nobody after it. */
  readonly takesAway: boolean;
}

interface Held {
  readonly takings: Taking[];
  /** What has been put in by a call, and what has been handed to a taking, whoever put it in. */
  readonly known: Set<string>;
  readonly handed: Map<string, Set<Taking>>;
  /** The takings that what a call puts in comes to. */
  readonly reached: Map<string, readonly Taking[]>;
}

/** Brings what was put into an object to where a model says. */
export type Hand = (
  site: CallSite,
  to: Address,
  path: AccessPath,
  state: State,
  trace: Trace,
  names: readonly string[],
) => void;

export function heldStep(address: Address): number {
  return address.steps.findIndex((step) => step.kind === "held");
}

export class HeldPlaces {
  private places: Map<string, Held> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly hand: Hand,
    /** To whoever reads what is held without asking for an object. */
    private readonly publish: (key: string, path: AccessPath, state: State, trace: Trace) => void,
  ) {}

  /** A call puts something into the objects at an address. */
  put(
    site: CallSite,
    to: Address,
    path: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[],
  ): void {
    this.places ??= this.findTakings();
    for (const key of heldKeys(this.pointsTo, site, to, names)) {
      for (const below of writtenPaths(this.pointsTo, site, stepsBelow(to), names))
        this.publish(key, prepend(below.map(withoutKeyMark), path), state, trace);
      const held = this.places.get(key);
      const mark = `${site.id}|${to.text}|${String(path.id)}|${String(state.id)}`;
      if (held === undefined || held.known.has(mark)) continue;
      held.known.add(mark);
      const put = isKept(this.models, site) ? through(site, trace) : trace;
      const takings = isOwn(to) ? reachedFrom(site, held) : held.takings;
      for (const below of writtenPaths(this.pointsTo, site, stepsBelow(to), names))
        this.give(takings, held, prepend(below.map(withoutKeyMark), path), state, put);
    }
  }

  /** A taking gets the same only once: hundreds of handlers of one app each put in again what they were given. */
  private give(takings: readonly Taking[], held: Held, path: AccessPath, state: State, trace: Trace): void {
    const mark = `${String(path.id)}|${String(state.id)}`;
    const handed = held.handed.get(mark) ?? new Set<Taking>();
    held.handed.set(mark, handed);
    for (const taking of takings) {
      if (handed.has(taking)) continue;
      handed.add(taking);
      const wanted = stepPaths(this.pointsTo, taking.site, stepsBelow(taking.from), taking.names);
      for (const components of wanted?.alternatives ?? []) {
        const rest = readPrefix(path, components.map(withoutKeyMark));
        if (rest !== null) this.hand(taking.site, taking.to, rest, state, trace, taking.names);
      }
    }
  }

  private findTakings(): Map<string, Held> {
    const places = new Map<string, Held>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.applied.size === 0) continue;
      for (const { model, names } of this.models.at(site)) {
        for (const role of model.roles) {
          if (role.kind !== "flow") continue;
          for (const said of role.from) {
            if (heldStep(said) === -1) continue;
            for (const to of role.to)
              for (const [from, goal] of byName(this.pointsTo, site, said, to, names))
                for (const key of heldKeys(this.pointsTo, site, from, names)) {
                  const held = places.get(key) ?? nothingHeld();
                  places.set(key, held);
                  const inTurn = isOwn(from);
                  held.takings.push({
                    site,
                    from,
                    to: goal,
                    names,
                    inTurn,
                    takesAway: inTurn && givesToFunction(site, goal),
                  });
                }
          }
        }
      }
    }
    return places;
  }
}

/** The places that an address of something held means. `decorated`: what the decorator stands at that the call makes. */
export function heldKeys(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
  decorated: AbstractValue | null = null,
  read?: ReadValues,
): readonly string[] {
  const at = heldStep(address);
  const step = address.steps[at];
  if (step?.kind !== "held") return [];
  const before = { ...address, steps: address.steps.slice(0, at) };
  const objects =
    address.root.kind === "value" && decorated !== null
      ? valuesFrom(pointsTo, site, [decorated], before, read, names)
      : valuesAt(pointsTo, site, before, names, read);
  if (step.by !== undefined)
    return pointsTo.boundQueues?.under(objects, valuesAt(pointsTo, site, step.by, names, read)) ?? [];
  const isText = (object: AbstractValue): boolean =>
    object.kind === "constant" || object.kind === "computed" || settingOf(object) !== null;
  const texts = objects.filter(isText);
  return [
    ...objects.flatMap((object) =>
      (object.kind === "foreign" && !isText(object)) ||
      object.kind === "object" ||
      object.kind === "instance" ||
      object.kind === "function"
        ? [`${String(object.id)}:${step.name}`]
        : [],
    ),
    // What is held under a name belongs to all that know the name; what has none, nobody finds by it.
    ...(texts.length === 0 ? [] : foldValues(pointsTo, texts))
      .filter((text) => text !== "*" && text !== "")
      .map((text) => `text ${text}:${step.name}`),
  ];
}

/** `arg0.*.held(state) -> return.*`: what each property holds goes below the same name. */
function byName(
  pointsTo: PointsTo,
  site: CallSite,
  from: Address,
  to: Address,
  names: readonly string[],
): readonly (readonly [Address, Address])[] {
  const before = from.steps.slice(0, heldStep(from));
  const at = before.findIndex((step) => step.kind === "any");
  if (at === -1 || !to.steps.some((step) => step.kind === "any")) return [[from, to]];
  const objects = valuesAt(pointsTo, site, { ...from, steps: before.slice(0, at) }, names);
  const keys = new Set(objects.flatMap((object) => [...pointsTo.fieldsOf(object).keys()]));
  return [...keys]
    .filter((name) => name !== "*" && !isHidden(name))
    .map((name) => [named(from, name), named(to, name)]);
}

/** The address, with its first `*` as one property. */
function named(address: Address, name: string): Address {
  const at = address.steps.findIndex((step) => step.kind === "any");
  const property = { kind: "property", name } as const;
  return { ...address, steps: address.steps.map((step, index) => (index === at ? property : step)) };
}

/** What is held is kept outside the program, too: a queue. Who takes it out takes what was kept. */
export function isKept(models: SiteModels, site: CallSite): boolean {
  return models
    .at(site)
    .some(
      ({ model: { roles } }) =>
        roles.some(({ kind }) => kind === "store") &&
        roles.some((role) => role.kind === "flow" && role.to.some((to) => heldStep(to) !== -1)),
    );
}

function through({ caller, instruction }: CallSite, trace: Trace): Trace {
  return instruction.kind === "call"
    ? addStep(caller, instruction.at, { kind: "through", callee: instruction.name }, trace)
    : trace;
}

/** The object that is called holds it, and not what that was made of, which others may have been made of, too. */
function isOwn({ root, steps }: Address): boolean {
  return root.kind === "this" && steps[0]?.kind !== "created";
}

function stepsBelow(address: Address): Address["steps"] {
  return address.steps.slice(heldStep(address) + 1);
}

/** Under what name something is held is the same for every kind of object. */
function withoutKeyMark(component: string): string {
  return component === "=*" ? "[]" : component.replace(/^=/u, "");
}

/** A function of the program's own stands where the flow goes. */
function givesToFunction(site: CallSite, to: Address): boolean {
  const index = to.steps.findIndex((step) => step.kind === "parameter");
  const step = to.steps[index];
  if (step === undefined) return false;
  const address = functionAddress(to, index);
  return [...site.callbacks.values()].some((edge) => edge.address === address && declares(edge.callee, step));
}

function nothingHeld(): Held {
  return { takings: [], known: new Set(), handed: new Map(), reached: new Map() };
}

/** An object that is handed over gets it for all that was asked of it before; its own call, for those in turn. */
function reachedFrom(from: CallSite, { takings, reached }: Held): readonly Taking[] {
  const known = reached.get(from.id);
  if (known !== undefined) return known;
  const takers = takings.filter((each) => each.takesAway && each.site.caller === from.caller);
  const stops = new Set(takers.map((each) => each.site.point));
  const later = laterPoints(from.caller, from.point, stops);
  const found = takings.filter((taking) => comesTo(from, taking, later, takers.length > 0));
  reached.set(from.id, found);
  return found;
}

/** What a call puts in is still there where it is to be taken; calls of two functions are in any order. */
function comesTo(from: CallSite, taking: Taking, later: LaterPoints, isTakenAway: boolean): boolean {
  if (taking.inTurn && taking.site.caller !== from.caller) return true;
  if (taking.inTurn && taking.site === from) return true;
  if (!taking.inTurn && !isTakenAway) return true;
  return taking.inTurn ? later.reaches(taking.site.point) : later.ends;
}
