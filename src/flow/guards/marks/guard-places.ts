/** Where guards are called in the program, and how often each is used. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { GuardMark } from "./guard-mark.js";
import type { Guards } from "./guards.js";

export interface GuardCall {
  readonly site: CallSite;
  readonly mark: GuardMark;
}

/** A guard of the program. */
export interface UsedGuard {
  readonly name: string;
  readonly mark: GuardMark;
  /** Null: it has no body in the program. */
  readonly function: FunctionNode | null;
  /** Functions that call it, and it itself. */
  readonly callers: readonly FunctionNode[];
  /** Places where it is called or handed over. */
  readonly uses: number;
}

export class GuardPlaces {
  /** Functions in which a guard is called, and the guards themselves. */
  readonly functions: readonly FunctionNode[];
  private readonly calls = new Map<FunctionNode, GuardCall[]>();
  private readonly guards = new Set<FunctionNode>();
  /** By the function, as several may have one name. */
  private readonly counted = new Map<FunctionNode | string, Counted>();

  constructor(pointsTo: PointsTo, guards: Guards) {
    const functions = new Set<FunctionNode>();
    if (!guards.isNone || guards.areModelled)
      for (const site of pointsTo.sites.values()) {
        const [mark] = guards.at(site).flat();
        if (mark === undefined) continue;
        functions.add(site.caller);
        const known = this.calls.get(site.caller);
        if (known === undefined) this.calls.set(site.caller, [{ site, mark }]);
        else known.push({ site, mark });
        if (mark.kind === "guard") this.count(calledAt(guards, site, mark), mark, [site.caller]);
      }
    for (const node of pointsTo.program.functions) {
      const [mark] = guards.ofFunction(node);
      if (mark === undefined) continue;
      functions.add(node);
      this.guards.add(node);
      if (mark.kind !== "guard") continue;
      this.count(node, mark, [node], pointsTo.callbacksOf(node).length);
    }
    this.functions = [...functions];
  }

  get isEmpty(): boolean {
    return this.calls.size === 0;
  }

  /** Is the function a guard itself? */
  isGuard(node: FunctionNode): boolean {
    return this.guards.has(node);
  }

  /** The calls of guards in a function, in order. */
  in(node: FunctionNode): readonly GuardCall[] {
    return this.calls.get(node) ?? [];
  }

  /** All guards, the most used first. */
  get uses(): readonly UsedGuard[] {
    return [...this.counted.values()].sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1));
  }

  private count(
    guard: FunctionNode | string,
    mark: GuardMark,
    callers: readonly FunctionNode[],
    times = 1,
  ): void {
    const known = this.counted.get(guard);
    if (known === undefined)
      this.counted.set(guard, {
        name: mark.name,
        mark,
        function: typeof guard === "string" ? null : guard,
        callers: [...callers],
        uses: times,
      });
    else {
      known.uses += times;
      known.callers.push(...callers);
    }
  }
}

interface Counted extends UsedGuard {
  readonly callers: FunctionNode[];
  uses: number;
}

/** The function that a guard's call goes to; of those without a body its name. */
function calledAt(guards: Guards, site: CallSite, mark: GuardMark): FunctionNode | string {
  const edge = [...site.edges.values()].find(({ callee }) => guards.ofFunction(callee).includes(mark));
  return edge?.callee ?? mark.name;
}
