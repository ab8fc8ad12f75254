/** Calls that never come back: every callee throws or runs on for ever. What stands behind them is dead. */
import { LeastAnswers } from "../../base/least-answers.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";
import type { SiteModels } from "../models/site-models.js";

export class NoReturn {
  private readonly functions = new LeastAnswers<boolean>(false, Number);
  private readonly points = new Map<number, ReadonlySet<number>>();

  constructor(
    private readonly pointsTo: PointsTo,
    /** Which calls of packages always throw is said by models; without them such calls come back. */
    private readonly models: SiteModels | null = null,
  ) {}

  /** Points of calls in a function behind which nothing runs. */
  pointsOf(node: FunctionNode): ReadonlySet<number> {
    let found = this.points.get(node.index);
    if (found === undefined) {
      found = this.findPoints(node);
      this.points.set(node.index, found);
    }
    return found;
  }

  private findPoints(node: FunctionNode): ReadonlySet<number> {
    const found = new Set<number>();
    node.code.forEach((instruction, point) => {
      if (instruction.kind === "call" && this.isDead(node, point, false)) found.add(point);
      if (instruction.kind !== "await") return;
      const awaited = node.definitions[instruction.value];
      if (awaited?.kind === "instruction" && this.isDead(node, awaited.point, true)) found.add(point);
    });
    return found;
  }

  /** Every callee throws always; an async one does so when it is awaited. */
  private isDead(node: FunctionNode, point: number, async: boolean): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call" || site.instruction.new || site.instruction.optional) return false;
    if (site.edges.size === 0) return this.models !== null && isAlwaysThrowing(this.models, site);
    if (site.foreign.size > 0) return false;
    return [...site.edges.values()].every(
      (edge) => edge.shape === "call" && edge.callee.graph.async === async && this.neverReturns(edge.callee),
    );
  }

  private neverReturns(node: FunctionNode): boolean {
    if (node.graph.generator || node.graph.blocks.length === 0) return false;
    return this.functions.ask(String(node.index), () => !this.reachesReturn(node));
  }

  private reachesReturn(node: FunctionNode): boolean {
    const dead = this.findPoints(node);
    const seen = new Set<number>([0]);
    const queue = [0];
    const push = (id: number | null): void => {
      const position = id === null ? undefined : node.blockById.get(id);
      if (position === undefined || seen.has(position)) return;
      seen.add(position);
      queue.push(position);
    };
    for (let position = queue.shift(); position !== undefined; position = queue.shift()) {
      const block = node.graph.blocks[position];
      if (block === undefined) continue;
      push(block.handler);
      const start = node.blockStart[position] ?? 0;
      if (block.instructions.some((_, offset) => dead.has(start + offset))) continue;
      const { end } = block;
      if (end.kind === "return") return true;
      if (end.kind === "jump") push(end.to);
      else if (end.kind === "branch") [end.then, end.else].forEach(push);
      else if (end.kind === "loop") [end.body, end.exit].forEach(push);
    }
    return false;
  }
}

/** What is asserted is false: `ctx.throw(403)`. */
function isAlwaysThrowing(models: SiteModels, site: CallSite): boolean {
  const found = site.foreign.size === 0 ? [] : models.at(site);
  return (
    found.length > 0 &&
    found.every(({ model }) =>
      model.roles.some(
        (role) =>
          role.kind === "asserts" && role.truthy?.root.kind === "literal" && role.truthy.root.value === false,
      ),
    )
  );
}
