/** Calls of own functions that ask a guard: `requireFor(child)` asks about what it is given. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";
import { listLoopsOf } from "../list-loops.js";
import type { GuardPlaces } from "./guard-places.js";
import { isRemembered } from "./remembered-rounds.js";
import type { Part } from "./subject-parts.js";
import { ofSomeElement, partsGiven, partsOf } from "./subject-parts.js";

/** Helpers of helpers. */
const deepest = 4;

export class AskingHelpers {
  private calls: Map<FunctionNode, CallSite[]> | null = null;
  private readonly asked = new Map<FunctionNode, readonly (readonly Part[])[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly places: GuardPlaces,
    /** Which arguments of a guard's call are looked at. */
    private readonly isMeant: (site: CallSite, index: number) => boolean = () => true,
  ) {}

  /** The calls of such functions in a function. */
  in(node: FunctionNode): readonly CallSite[] {
    return (this.calls ??= this.findCalls()).get(node) ?? [];
  }

  /** What each guard behind the call is asked about, as parts of values of the caller. */
  askedBy(site: CallSite): readonly (readonly Part[])[] {
    return this.behind(site, 0);
  }

  /** What a guard is asked about that is called here itself. */
  askedAt(site: CallSite): readonly Part[] {
    const { instruction, caller } = site;
    return instruction.kind === "call"
      ? instruction.arguments.flatMap(({ value }, index) =>
          this.isMeant(site, index) ? partsOf(caller, value) : [],
        )
      : [];
  }

  private behind(site: CallSite, depth: number): readonly (readonly Part[])[] {
    return [...site.edges.values()].flatMap((edge) =>
      this.askedIn(edge.callee, depth).map((parts) => parts.flatMap((part) => partsGiven(edge, part))),
    );
  }

  private askedIn(node: FunctionNode, depth: number): readonly (readonly Part[])[] {
    const known = this.asked.get(node);
    if (known !== undefined) return known;
    // One that calls itself asks about what it was called with first.
    this.asked.set(node, []);
    const direct = this.places.in(node).map(({ site }) => {
      const parts = this.askedAt(site);
      return isOneEnough(node, site.point) ? parts.map(ofSomeElement) : parts;
    });
    const inner = depth < deepest ? this.in(node).flatMap((site) => this.behind(site, depth + 1)) : [];
    const found = [...direct, ...inner];
    this.asked.set(node, found);
    return found;
  }

  private findCalls(): Map<FunctionNode, CallSite[]> {
    const calls = new Map<FunctionNode, CallSite[]>();
    const seen = new Set(this.places.functions.filter((node) => this.places.in(node).length > 0));
    let level: readonly FunctionNode[] = [...seen];
    for (let depth = 0; depth < deepest && level.length > 0; depth++) {
      const above: FunctionNode[] = [];
      for (const node of level)
        for (const { site } of this.pointsTo.callersOf(node)) {
          if (site.instruction.kind !== "call") continue;
          const known = calls.get(site.caller);
          if (known === undefined) calls.set(site.caller, [site]);
          else if (!known.includes(site)) known.push(site);
          if (seen.has(site.caller)) continue;
          seen.add(site.caller);
          above.push(site.caller);
        }
      level = above;
    }
    return calls;
  }
}

/** A loop over a list is left with a yes for one of its elements, or remembers one: the others need not agree. */
function isOneEnough(node: FunctionNode, point: number): boolean {
  const block = node.blockOf[point] ?? -1;
  return [...listLoopsOf(node)].some(
    ([head, { body }]) =>
      body.has(block) &&
      (isRemembered(node, head, body, point) ||
        [...body].some((position) => {
          const end = node.graph.blocks[position]?.end;
          return end?.kind === "return" && (end.value === null || mayBeTrue(node, end.value));
        })),
  );
}

function mayBeTrue(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind !== "constant" || Boolean(definition.value);
}
