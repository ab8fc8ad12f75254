/** Where guards are called in the program, and how often each is used. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { GuardMark } from "./guard-mark.js";
import type { Guards } from "./guards.js";

export interface GuardCall {
  readonly site: CallSite;
  readonly mark: GuardMark;
}

export class GuardPlaces {
  /** Functions in which a guard is called, and the guards themselves. */
  readonly functions: readonly FunctionNode[];
  private readonly calls = new Map<FunctionNode, GuardCall[]>();
  private readonly counted = new Map<string, number>();

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
        if (mark.kind === "guard") this.count(mark.name);
      }
    for (const node of pointsTo.program.functions) {
      const [mark] = guards.ofFunction(node);
      if (mark === undefined) continue;
      functions.add(node);
      if (mark.kind === "guard") this.counted.set(mark.name, this.counted.get(mark.name) ?? 0);
      for (const _ of pointsTo.callbacksOf(node)) if (mark.kind === "guard") this.count(mark.name);
    }
    this.functions = [...functions];
  }

  get isEmpty(): boolean {
    return this.calls.size === 0;
  }

  /** The calls of guards in a function, in order. */
  in(node: FunctionNode): readonly GuardCall[] {
    return this.calls.get(node) ?? [];
  }

  /** Guards by name, with the number of their uses, the most used first. */
  get uses(): readonly { readonly name: string; readonly uses: number }[] {
    return [...this.counted]
      .map(([name, uses]) => ({ name, uses }))
      .sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1));
  }

  private count(name: string): void {
    this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
  }
}
