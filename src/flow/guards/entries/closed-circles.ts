/** Functions that call each other and that nothing else calls: a way begins with each of them, as with one that nothing calls. */
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Chains } from "../handlers/chains.js";

/** Far more than functions that somebody wrote to call each other. */
const mostCallers = 40;

export class ClosedCircles {
  private readonly known = new Map<FunctionNode, ReadonlySet<FunctionNode> | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly chains: Chains,
  ) {}

  /** Whoever calls it, and whoever calls them, is called by it: nobody from outside comes in. */
  has(node: FunctionNode): boolean {
    const callers = this.callersOf(node);
    return callers !== null && [...callers].every((each) => this.callersOf(each)?.has(node) === true);
  }

  /** All from which control comes there; null: it is entered from somewhere, or too many to tell. */
  private callersOf(node: FunctionNode): ReadonlySet<FunctionNode> | null {
    let found = this.known.get(node);
    if (found === undefined) this.known.set(node, (found = this.find(node)));
    return found;
  }

  private find(node: FunctionNode): ReadonlySet<FunctionNode> | null {
    const callers = new Set<FunctionNode>();
    if (!this.add(node, callers)) return null;
    for (const each of callers) if (!this.add(each, callers)) return null;
    return callers;
  }

  private add(node: FunctionNode, callers: Set<FunctionNode>): boolean {
    const edges = this.pointsTo.callersOf(node);
    if (edges.length === 0 || node.graph.kind === "module") return false;
    if (this.pointsTo.callbacksOf(node).length + this.chains.entries.of(node).length > 0) return false;
    for (const { site } of edges) callers.add(site.caller);
    return callers.size <= mostCallers;
  }
}
