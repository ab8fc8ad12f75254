/**
 * Callers that hand over a function: `<Form onSubmit={enrol} />` beside `<Form onSubmit={invite} />`. The way back
 * from `enrol`, which the form calls, leads to the first alone.
 */
import { operandsAt, operandsOfSite } from "../models/address-values.js";
import type { CallbackEdge, CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";
import type { Receiver } from "./evidence/same-receiver.js";
import { mayBeOn } from "./evidence/same-receiver.js";

/** The calls that hand over the function, where some do; else all. */
export function handingOver(
  pointsTo: PointsTo,
  edges: readonly CallEdge[],
  handed: FunctionNode | null,
): readonly CallEdge[] {
  if (handed === null || edges.length < 2) return edges;
  const found = edges.filter(({ site }) => handsOver(pointsTo, site, handed));
  return found.length === 0 ? edges : found;
}

function handsOver(pointsTo: PointsTo, site: CallSite, handed: FunctionNode): boolean {
  return operandsOfSite(site).arguments.some(({ value }) =>
    [...pointsTo.valuesOf(site.caller, value)].some(
      (given) =>
        (given.kind === "function" && given.function === handed) ||
        (given.kind === "object" &&
          [...pointsTo.fieldNode(given, "*").values].some(
            (each) => each.kind === "function" && each.function === handed,
          )),
    ),
  );
}

/** `new Letters().process`: may it be the method of that object that is handed over? */
export function mayHandOver(pointsTo: PointsTo, { site, place }: CallbackEdge, self: Receiver): boolean {
  const operands = operandsAt(site, place);
  const { caller } = site;
  return (
    operands.length === 0 ||
    operands.some((value) => {
      const read = definitionOf(caller, value);
      return read?.kind !== "load" || mayBeOn(pointsTo, caller, read.object, self);
    })
  );
}
