/** Deletions that are only built: nobody waits for the query, or nobody sends the batch that the command was put into. */
import type { Role } from "../../contracts/model.js";
import { operandsOfSite } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { laterPoints } from "../program/later-points.js";
import type { FunctionNode } from "../program/program.js";
import { isOnlyBuilt } from "../stores/only-built.js";

type Sent = Pick<Extract<Role, { kind: "delete" }>, "lazy" | "sentBy" | "related">;

export class NeverSent {
  /** By the name of a method: the objects that it is called on, and where. */
  private readonly asked = new Map<string, ReadonlyMap<AbstractValue, readonly CallSite[]>>();

  constructor(private readonly pointsTo: PointsTo) {}

  is(site: CallSite, { lazy, sentBy = [], related }: Sent): boolean {
    if (lazy === true && site.instruction.kind === "call") return isOnlyBuilt(this.pointsTo, site);
    if (related != null) return !this.isSentLater(site, sentBy);
    return sentBy.length > 0 && !this.isSent(site, sentBy);
  }

  private isSent(site: CallSite, methods: readonly string[]): boolean {
    const { receiver } = operandsOfSite(site);
    const batches = receiver === null ? [] : [...this.pointsTo.valuesOf(site.caller, receiver)];
    // What cannot be told apart is one that is sent.
    const told = batches.filter((batch) => batch.kind === "foreign" && batch.site !== null);
    if (told.length === 0 || told.length < batches.length) return true;
    return told.some((batch) => {
      const sends = methods.flatMap((method) =>
        [...this.objectsAsked(method)].flatMap(([object, sites]) => (isWithin(batch, object) ? sites : [])),
      );
      return isMadeIn(this.pointsTo, site.caller, batch) ? isAnyBehind(site, sends) : sends.length > 0;
    });
  }

  /** A row does not tell what it was read by: whatever is sent behind it, or in other functions only, takes it along. */
  private isSentLater(site: CallSite, methods: readonly string[]): boolean {
    const sends = methods.flatMap((method) => [...this.objectsAsked(method).values()].flat());
    const own = sends.filter(({ caller }) => caller.graph === site.caller.graph);
    return own.length > 0 ? isAnyBehind(site, own) : sends.length > 0;
  }

  private objectsAsked(method: string): ReadonlyMap<AbstractValue, readonly CallSite[]> {
    let found = this.asked.get(method);
    if (found === undefined) this.asked.set(method, (found = this.find(method)));
    return found;
  }

  private find(method: string): Map<AbstractValue, CallSite[]> {
    const found = new Map<AbstractValue, CallSite[]>();
    for (const site of this.pointsTo.sites.values()) {
      const { instruction, caller } = site;
      if (instruction.kind !== "call" || site.foreign.size === 0) continue;
      if (instruction.name.slice(instruction.name.lastIndexOf(".") + 1) !== method) continue;
      const { receiver } = operandsOfSite(site);
      if (receiver === null) continue;
      for (const value of this.pointsTo.valuesOf(caller, receiver)) {
        const known = found.get(value);
        if (known === undefined) found.set(value, [site]);
        else known.push(site);
      }
    }
    return found;
  }
}

/** It is the object, or a part of it: `doc.guests` of `doc`. */
function isWithin(part: AbstractValue, object: AbstractValue): boolean {
  if (part === object) return true;
  if (part.kind !== "foreign" || object.kind !== "foreign") return false;
  return (
    part.site === object.site &&
    part.module === object.module &&
    part.path.length > object.path.length &&
    object.path.every((name, index) => part.path[index] === name)
  );
}

/** Each run of the function makes one of its own. */
function isMadeIn({ program }: PointsTo, { graph }: FunctionNode, batch: AbstractValue): boolean {
  if (batch.kind !== "foreign" || batch.site === null || graph.kind === "module") return false;
  const [owner = -1] = batch.site.split(":").map(Number);
  return program.functions[owner]?.graph === graph;
}

/** What was sent before takes nothing along that is put in later; another function may be run whenever. */
function isAnyBehind({ caller, point }: CallSite, sends: readonly CallSite[]): boolean {
  const later = laterPoints(caller, point, new Set());
  return sends.some((send) => send.caller.graph !== caller.graph || later.reaches(send.point));
}
