/** Deletions that are only built: nobody waits for the query, or nobody sends the batch that the command was put into. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { operandsOfSite } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { laterPoints } from "../program/later-points.js";
import type { FunctionNode } from "../program/program.js";

type Sent = Pick<Extract<Role, { kind: "delete" }>, "lazy" | "sentBy" | "related">;

/** Calls that run what they are asked of, whatever comes of it. */
const running =
  /^(?:promise|send|then|catch|finally|exec|execute|executeTakeFirst|executeTakeFirstOrThrow|run|all|get|values|stream|pipe|forEach|toArray|cursor|asCallback)$/u;

export class NeverSent {
  /** By the name of a method: the objects that it is called on, and where. */
  private readonly asked = new Map<string, ReadonlyMap<AbstractValue, readonly CallSite[]>>();

  constructor(private readonly pointsTo: PointsTo) {}

  is(site: CallSite, { lazy, sentBy = [], related }: Sent): boolean {
    if (lazy === true && site.instruction.kind === "call")
      return !isGivenFunction(this.pointsTo, site) && !isRun(site.caller, site.instruction.out, new Set());
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

/** What is told whom to call when it is done is run at once. */
function isGivenFunction(pointsTo: PointsTo, site: CallSite): boolean {
  return operandsOfSite(site).arguments.some(({ value }) =>
    [...pointsTo.valuesOf(site.caller, value)].some(({ kind }) => kind === "function"),
  );
}

/** It is awaited, asked to run, or handed to somebody who may do that. */
function isRun(node: FunctionNode, value: ValueId, seen: Set<ValueId>): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const isHandedOn = node.graph.blocks.some(
    ({ phis, end }) =>
      phis.some(({ inputs }) => inputs.some((input) => input.value === value)) ||
      (end.kind !== "branch" && "value" in end && end.value === value),
  );
  if (isHandedOn) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case undefined:
      case "unary":
      case "binary":
        return false;
      case "load":
        // A method that is called is seen at its call.
        return !(node.uses[use.out] ?? []).every((each) => {
          const call = node.code[each];
          return call?.kind === "call" && call.callee === use.out;
        });
      case "call":
        if (use.receiver !== value || use.arguments.some((argument) => argument.value === value)) return true;
        return running.test(use.name.slice(use.name.lastIndexOf(".") + 1)) || isRun(node, use.out, seen);
      case "cast":
      case "declare":
        return isRun(node, use.out, seen);
      default:
        return true;
    }
  });
}
