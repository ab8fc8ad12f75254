/**
 * Objects that one call makes and another writes (`em.persist(em.create(Child, …))`): the same data in the same store is
 * written once, by the call that they are handed to.
 */
import { operandsOfSite } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isOfPlace } from "../points-to/records.js";
import { laterPoints } from "../program/later-points.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Hit } from "../sinks/sink-hits.js";

export function withoutHandedOn(pointsTo: PointsTo, hits: readonly Hit[]): readonly Hit[] {
  const makers = hits.filter(({ handedTo }) => handedTo.length > 0);
  if (makers.length === 0) return hits;
  const names = new Set(makers.flatMap(({ handedTo }) => handedTo));
  const writers = new Map<string, CallSite[]>();
  for (const hit of hits)
    for (const { site } of hit.arrivals)
      for (const made of names.has(methodOf(site)) ? makersOf(pointsTo, site) : []) {
        const key = `${made}|${stateOf(hit)}`;
        writers.set(key, [...(writers.get(key) ?? []), site]);
      }
  return hits.filter(
    (hit) =>
      hit.handedTo.length === 0 ||
      !hit.arrivals.every(({ site }) => {
        const made = makersAt(pointsTo, site);
        return (
          made.length > 0 &&
          made.every((each) =>
            writers.get(`${each}|${stateOf(hit)}`)?.some((writer) => isBefore(site, writer)),
          )
        );
      }),
  );
}

/** What is set behind the call is written by itself. */
function isBefore({ caller, point, instruction }: CallSite, writer: CallSite): boolean {
  if (instruction.kind !== "store") return true;
  return writer.caller === caller && laterPoints(caller, point, new Set()).reaches(writer.point);
}

/** The call itself; where a property is set, those that made the object. */
function makersAt(pointsTo: PointsTo, { id, caller, instruction }: CallSite): readonly string[] {
  if (instruction.kind !== "store") return [id];
  return [...pointsTo.valuesOf(caller, instruction.object)].flatMap(madeBy);
}

/** The calls that made what a call is handed, or what lies in a list of it. */
function makersOf(pointsTo: PointsTo, site: CallSite): Set<string> {
  const found = new Set<string>();
  for (const { value } of operandsOfSite(site).arguments) {
    const given: readonly AbstractValue[] = [...pointsTo.valuesOf(site.caller, value)];
    const inside = given.flatMap((each) =>
      each.kind === "object" && each.array ? [...pointsTo.fieldNode(each, "*").values] : [],
    );
    for (const site of [...given, ...inside].flatMap(madeBy)) found.add(site);
  }
  return found;
}

/** What only a type says to be there, nobody made. */
function madeBy(value: AbstractValue): readonly string[] {
  const isMade = (value.kind === "foreign" || value.kind === "instance") && !isOfPlace(value);
  return isMade && value.site !== null ? [value.site] : [];
}

function methodOf({ instruction }: CallSite): string {
  return instruction.kind === "call" ? instruction.name.slice(instruction.name.lastIndexOf(".") + 1) : "";
}

function stateOf({ sink, state: { field, protection } }: Hit): string {
  return [sink.medium, sink.target, field, protection.kind].join("|");
}
