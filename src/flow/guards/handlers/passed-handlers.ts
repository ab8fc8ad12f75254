/** Handlers that ask a guard, run before an entry, and let its requests go on all the same. */
import type { Instruction } from "../../../contracts/file-graph.js";
import type { Role } from "../../../contracts/model.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";
import type { OpenWay, Outset } from "../open-way.js";
import type { OpenWays } from "../open-ways.js";
import type { Chains } from "./chains.js";
import type { Registration } from "./registrations.js";
import { rescuersOf } from "./rescuers.js";
import { anyPath } from "./route-paths.js";
import { requestsOf } from "./told-requests.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

export interface PassedHandler {
  readonly node: FunctionNode;
  /** Where it hands on; `Infinity` where it does so by returning, or in a function that it makes. */
  readonly until: number;
  /** Where a handler of errors is registered that takes what it refuses with. */
  readonly rescued: CallSite | null;
}

export type Handed = Pick<Outset, "site" | "node" | "name">;

/** Where the way comes from, and what that stands in: a listener of a connection, and what is run when one is made. */
export function handedOver(
  { pointsTo, registrations }: Chains,
  { outset, passages }: OpenWay,
): readonly Handed[] {
  const start = passages.findIndex(({ node }) => node === outset.node);
  const around = passages.slice(start + 1).flatMap(({ node }) =>
    pointsTo.callbacksOf(node).flatMap(({ site }): Handed[] => {
      const isHandler = registrations
        .at(site)
        .some(({ handlers }) => handlers.some(({ values }) => values.includes(node)));
      return isHandler ? [{ site, node }] : [];
    }),
  );
  return [outset, ...(start === -1 ? [] : around)];
}

export function passedHandlers(chains: Chains, outset: Handed, open: OpenWays): PassedHandler[] {
  const { site, node } = outset;
  const registered = site === null ? [] : chains.registrations.at(site);
  if (site === null || registered.length === 0)
    return entriesOf(chains, outset).flatMap((entry) =>
      chains.entries.passedBy(entry, open).map((each) => passed(each.handler, each.role, open)),
    );
  const own = registered.filter(({ handlers }) => handlers.some(({ values }) => values.includes(node)));
  return (own.length > 0 ? own : registered).flatMap((each) =>
    each.places.flatMap(({ prefix }) =>
      requestsOf(each, prefix).flatMap((requests) =>
        [...chains.told.handlersBefore(requests)].flatMap(([handler, at]) =>
          open.isNearGuard(handler) && (at !== each || comesBefore(each, handler, node))
            ? passedAt(chains, handler, at, site, open)
            : [],
        ),
      ),
    ),
  );
}

/** The entries that an outset is, by what makes it one. */
export function entriesOf(chains: Chains, { node, site, name }: Handed): ReturnType<Chains["entries"]["of"]> {
  return chains.entries.of(node).filter((each) => each.site === site && each.name === name);
}

function comesBefore({ handlers }: Registration, handler: FunctionNode, entry: FunctionNode): boolean {
  const placeOf = (node: FunctionNode): number => handlers.findIndex(({ values }) => values.includes(node));
  return handler !== entry && placeOf(handler) < placeOf(entry);
}

function passedAt(
  chains: Chains,
  node: FunctionNode,
  each: Registration,
  site: CallSite,
  open: OpenWays,
): PassedHandler[] {
  const handler = each.handlers.find(({ values }) => values.includes(node));
  if (handler === undefined || chains.ways.isForErrors(handler, each, open)) return [];
  if (chains.handsOn({ ...handler, values: [node] }, each, open)) return [passed(node, each.role, open)];
  const rescuers = each.places.flatMap(({ chain }) =>
    rescuersOf(chains.registrations, chains.ways, each, { chain, site, path: anyPath }, open),
  );
  const [first] = rescuers;
  return first === undefined ? [] : [{ node, until: Infinity, rescued: first.site }];
}

function passed(node: FunctionNode, role: HandlesRole, open: OpenWays): PassedHandler {
  return { node, until: handingPoint(node, role, open), rescued: null };
}

/** The last open call by which it hands on: `next()`, `opts.next()`, and what is taken out of `opts`. */
function handingPoint(node: FunctionNode, role: HandlesRole, open: OpenWays): number {
  const point = node.code.findLastIndex(
    (each, at) => isHandingOn(node, each, role) && open.isOpenAt(node, at),
  );
  return point === -1 ? Infinity : point;
}

/** It calls what comes next, and not with an error only. */
export function handsOnToNext(node: FunctionNode, role: HandlesRole): boolean {
  return node.code.some(
    (each) => each.kind === "call" && each.arguments.length === 0 && isHandingOn(node, each, role),
  );
}

function isHandingOn(node: FunctionNode, instruction: Instruction, { continues }: HandlesRole): boolean {
  if (instruction.kind !== "call") return false;
  return continues.some((way) => {
    if (way.kind !== "next") return false;
    const callee = definitionOf(node, instruction.callee);
    if (way.member === null) return isParameter(callee, way.parameter);
    return (
      callee?.kind === "load" &&
      callee.property.kind === "name" &&
      callee.property.name === way.member &&
      isParameter(definitionOf(node, callee.object), way.parameter)
    );
  });
}

function isParameter(instruction: Instruction | null, index: number): boolean {
  return instruction?.kind === "parameter" && instruction.index === index;
}
