/** Guards that are registered with an app or a router, and do not stand before a handler: too late, or elsewhere. */
import type { IneffectiveGuard } from "../../../contracts/flow.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import type { Chains } from "./chains.js";
import { requestsOf } from "./told-requests.js";
import type { Handler } from "./handlers-given.js";
import type { Outset } from "../open-way.js";
import type { OpenWays } from "../open-ways.js";
import type { Registration } from "./registrations.js";

/** Guards that are registered, but not before the handler of this registration, the nearest first. */
export function guardsElsewhere(
  chains: Chains,
  { site, node }: Pick<Outset, "site" | "node">,
  open: OpenWays,
): IneffectiveGuard[] {
  const registered = site === null ? [] : chains.registrations.at(site);
  if (site === null || registered.length === 0) return [];
  const own = new Set(registered.flatMap(({ places }) => places.map((each) => each.chain)));
  const above = chainsAbove(chains, own);
  return chains.registrations.all
    .flatMap((each) => {
      const name = guardOf(chains, each, { site, node }, open);
      if (name === null || (each.site !== site && each.role.scope === "own")) return [];
      const isOwn = each.site === site || each.places.some(({ chain }) => own.has(chain));
      const isLate = isOwn && registered.some((one) => wouldCover(chains, each, one));
      const isNear = isOwn || each.places.some(({ chain }) => above.has(chain));
      // A route of another router says nothing of this one; a guard of all that another router has may have been meant.
      if (!isNear && (each.methods !== null || standsBeforeAny(chains, each))) return [];
      const reason: IneffectiveGuard["reason"] = isLate ? "too-late" : "other-scope";
      const location = locationOf(each.site.caller, each.site.instruction.at);
      return [{ rank: isLate ? 0 : isOwn ? 1 : isNear ? 2 : 3, guard: { name, reason, location } }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ guard }) => guard);
}

/** Where chains are mounted, and those where these are. */
function chainsAbove(chains: Chains, below: ReadonlySet<AbstractValue>): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const queue = [...below];
  for (let chain = queue.pop(); chain !== undefined; chain = queue.pop())
    for (const mount of chains.mountsOf(chain))
      for (const parent of mount.kind === "mount" ? mount.parents : mount.places)
        if (!found.has(parent.chain)) {
          found.add(parent.chain);
          queue.push(parent.chain);
        }
  return found;
}

/** The name of a handler that hands on behind a guard only. The last one of another route answers. */
function guardOf(
  chains: Chains,
  each: Registration,
  { site, node }: Pick<Outset, "site" | "node">,
  open: OpenWays,
): string | null {
  const { handlers, methods } = each;
  const asked = methods === null || each.site === site ? handlers : handlers.slice(0, -1);
  for (const handler of asked) {
    // The entry itself answers in the end, guarded or not.
    if (handler.values.some((value) => value === node) || chains.handsOn(handler, each, open)) continue;
    for (const value of handler.values)
      if ("graph" in value && open.isNearGuard(value) && isMeantToHandOn(value, each, open))
        return nameOfHandler(chains.pointsTo, handler, value);
  }
  return null;
}

/** A guard that stands before other routes does there what it was meant to. */
function standsBeforeAny(chains: Chains, each: Registration): boolean {
  const own = new Set(each.places.map(({ chain }) => chain));
  return chains.registrations.all.some((other) => {
    const isEntry = other.methods !== null || other.role.scope === "own";
    if (other.site === each.site || !isEntry) return false;
    const its = new Set(other.places.map(({ chain }) => chain));
    const isBelow = [...its, ...chainsAbove(chains, its)].some((chain) => own.has(chain));
    return isBelow && wouldCover(chains, each, other);
  });
}

/** Is it for the requests of another registration of the chain? */
function wouldCover(chains: Chains, each: Registration, other: Registration): boolean {
  if (each.site === other.site) return each.paths === null;
  return other.places.some(({ chain, prefix }) =>
    requestsOf(other, prefix).every((requests) => chains.isFor(each, chain, requests)),
  );
}

/** As it is handed over (`requireConsent`), else as the function is called. */
function nameOfHandler(pointsTo: PointsTo, { name }: Handler, node: FunctionNode): string {
  const { graph } = node;
  const read = name?.node.code.find(
    (each) =>
      each.at[0] === name.start &&
      (each.kind === "cell-read" || each.kind === "import-read" || each.kind === "load"),
  );
  if (read?.kind === "cell-read") return read.cell;
  if (read?.kind === "import-read") return name?.node.fileGraph.imports[read.import]?.local ?? graph.name;
  if (read?.kind === "load" && read.property.kind === "name") return read.property.name;
  // `requireConsent("collection")` hands out a function without a name.
  const maker = graph.parent === null ? undefined : pointsTo.program.functionIn(node, graph.parent);
  return graph.path === null && maker !== undefined && maker.graph.kind !== "module"
    ? maker.graph.name
    : graph.name;
}

/** A marked function, or one that has a way to hand on and takes it: not the handler that answers in the end. */
function isMeantToHandOn(node: FunctionNode, { role }: Registration, open: OpenWays): boolean {
  if (open.tools.guards.ofFunction(node).length > 0) return true;
  return role.continues.some(
    (way) =>
      way.kind !== "next" ||
      node.code.some((each) => each.kind === "parameter" && each.index === way.parameter),
  );
}
