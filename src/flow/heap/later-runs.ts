/**
 * Runs that are not over when their call is: an async function that nobody waits for at once, a method that hands a
 * closure to a timer. What the caller puts into an object afterwards is still seen there.
 */
import type { Base } from "../tabulation/fact.js";
import { laterPoints } from "../program/later-points.js";
import type { LaterPoints } from "../program/later-points.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const none: readonly CallSite[] = [];

export class LaterRuns {
  private readonly leaving = new Map<number, boolean>();
  private readonly sites: (Map<Base, readonly CallSite[]> | undefined)[] = [];
  private readonly behind = new Map<CallSite, LaterPoints>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** Calls before a point that were handed a value, and of which something may still run there. */
  before(node: FunctionNode, point: number, base: Base): readonly CallSite[] {
    if (base < 0) return none;
    const handed = this.sitesOf(node, base);
    return handed.length === 0
      ? none
      : handed.filter((site) => site.point !== point && this.pointsBehind(site).reaches(point));
  }

  private sitesOf(node: FunctionNode, base: Base): readonly CallSite[] {
    const row = (this.sites[node.index] ??= new Map<Base, readonly CallSite[]>());
    let found = row.get(base);
    if (found === undefined) {
      found = (node.uses[base] ?? []).flatMap((point) => {
        const site = node.code[point]?.kind === "call" ? this.pointsTo.findSite(node, point) : undefined;
        return site !== undefined && this.runsOn(site) ? [site] : [];
      });
      row.set(base, found.length === 0 ? none : found);
    }
    return found;
  }

  private pointsBehind(site: CallSite): LaterPoints {
    let points = this.behind.get(site);
    if (points === undefined)
      this.behind.set(site, (points = laterPoints(site.caller, site.point, new Set())));
    return points;
  }

  /** Something that the call started may run when the call is over. */
  private runsOn(site: CallSite): boolean {
    if (isHandedForLater(site)) return true;
    for (const edge of site.edges.values()) if (this.edgeRunsOn(edge)) return true;
    // What a package calls at once may leave something behind too: `new Promise((resolve) => setTimeout(…))`.
    for (const { callee } of site.callbacks.values()) if (this.leaves(callee)) return true;
    return false;
  }

  private edgeRunsOn({ site, callee, shape }: CallEdge): boolean {
    if (shape !== "call" && shape !== "construct" && shape !== "bound") return false;
    if (callee.graph.async && !callee.graph.generator && !isAwaitedAtOnce(site)) return true;
    return this.leaves(callee);
  }

  /** A run of the function leaves something behind that runs on. */
  private leaves(node: FunctionNode): boolean {
    const known = this.leaving.get(node.index);
    if (known !== undefined) return known;
    this.leaving.set(node.index, false);
    const found = node.code.some((instruction, point) => {
      const site = instruction.kind === "call" ? this.pointsTo.findSite(node, point) : undefined;
      return site !== undefined && this.runsOn(site);
    });
    this.leaving.set(node.index, found);
    return found;
  }
}

function isAwaitedAtOnce({ caller, point, instruction }: CallSite): boolean {
  const next = caller.code[point + 1];
  return next?.kind === "await" && instruction.kind === "call" && next.value === instruction.out;
}

/** A function of the program's own is given to a package or the library, which calls it by itself: a timer, a listener. */
function isHandedForLater(site: CallSite): boolean {
  if (site.callbacks.size === 0 || site.instruction.kind !== "call") return false;
  const isNew = site.instruction.new;
  for (const model of site.applied.keys())
    if (model.roles.some((role) => role.kind === "calls" && (role.entry || !isNew))) return true;
  return false;
}
