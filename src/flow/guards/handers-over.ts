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
  let functions = handedAt.get(site);
  if (functions === undefined) handedAt.set(site, (functions = functionsHanded(pointsTo, site)));
  return functions.has(handed);
}

/** Asked at every caller, on each way back. */
const handedAt = new WeakMap<CallSite, ReadonlySet<FunctionNode>>();

/** Functions that a call is given, also in an object. */
function functionsHanded(pointsTo: PointsTo, site: CallSite): ReadonlySet<FunctionNode> {
  const given = operandsOfSite(site).arguments.flatMap(({ value }) => [
    ...pointsTo.valuesOf(site.caller, value),
  ]);
  const within = given.flatMap((value) =>
    value.kind === "object" ? [...pointsTo.fieldNode(value, "*").values] : [],
  );
  return new Set(
    [...given, ...within].flatMap((value) => (value.kind === "function" ? [value.function] : [])),
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
