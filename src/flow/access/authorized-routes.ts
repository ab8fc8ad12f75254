/** Whether a project has handlers that ask who somebody is: only beside them one that asks nobody stands out. */
import type { Chains } from "../guards/handlers/chains.js";
import type { OpenWays } from "../guards/open-ways.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { AccessWays } from "./access-ways.js";

export class AuthorizedRoutes {
  private known: boolean | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly chains: Chains,
    private readonly ways: AccessWays,
  ) {}

  get exist(): boolean {
    return (this.known ??= this.find());
  }

  private find(): boolean {
    const open = this.ways.openFor("authorization");
    return this.pointsTo.program.functions.some(
      (node) => node.copy === null && node.graph.kind !== "module" && this.isAuthorized(node, open),
    );
  }

  /** Some of it is only run for those who were asked. */
  isAuthorized(node: FunctionNode, open: OpenWays = this.ways.openFor("authorization")): boolean {
    const edges = this.pointsTo
      .callbacksOf(node)
      .filter(({ site }) => this.chains.registrations.at(site).length > 0);
    const entries = this.chains.entries.of(node);
    if (edges.length + entries.length === 0 && !this.isMadeByFunction(node)) return false;
    if (edges.some((edge) => this.chains.isGuarded(edge, [], open))) return true;
    if (entries.some((entry) => this.chains.entries.isGuarded(entry, open))) return true;
    if (!open.isNearGuard(node)) return false;
    // Some of it is only reached past a test.
    const { blocks, closed } = open.open(node);
    return closed.size > 0 || blocks.size < node.graph.blocks.length;
  }

  /** `members(handler)` makes the function that asks: where it is an entry, it is one as a wrapper of others. */
  private isMadeByFunction(node: FunctionNode): boolean {
    const { parent } = node.graph;
    const maker = parent === null ? undefined : this.pointsTo.program.functionIn(node, parent);
    return maker !== undefined && maker.graph.kind !== "module";
  }
}
