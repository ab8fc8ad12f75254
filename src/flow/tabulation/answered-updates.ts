/**
 * What functions that a library handed out give to those that they are called with: `names.update((old) => …)`,
 * `count.update((old) => …)`.
 */
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { writtenPaths } from "../models/address-facts.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Callbacks } from "./callbacks.js";
import type { Entry } from "./entry.js";
import { incoming } from "./fact.js";
import type { State } from "./fact.js";
import { MouthCalls } from "./mouth-calls.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";

export class AnsweredUpdates {
  private readonly mouths: MouthCalls;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly callbacks: Callbacks,
  ) {
    this.mouths = new MouthCalls(pointsTo);
  }

  /** True if the address means functions that such a one is called with: `return[1].param0.param0`. */
  deliver(
    entry: Entry,
    site: CallSite,
    to: Address,
    rest: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[],
  ): boolean {
    const last = to.steps.findLastIndex(({ kind }) => kind === "parameter");
    const given = to.steps[last - 1];
    const into = to.steps[last];
    if (to.root.kind !== "return" || given?.kind !== "parameter" || into?.kind !== "parameter") return false;
    const before = to.text
      .split(".")
      .slice(0, -(to.steps.length - last))
      .join(".");
    const from: Address = { root: to.root, steps: [], text: `${before}.result` };
    const base = incoming(into.index);
    const calls = this.mouths.callsOf(site, from).filter(([, address]) => address === null);
    for (const [call] of calls) {
      const caller = call.caller === entry.node ? entry : this.tabulation.zero(call.caller);
      const fact = this.tabulation.facts.fact(base, rest, state);
      for (const components of writtenPaths(this.pointsTo, site, to.steps.slice(last + 1), names))
        this.callbacks.enterParameter(
          caller,
          call,
          `arg${String(given.index)}`,
          into,
          base,
          components,
          rest,
          state,
          fact,
          trace,
        );
    }
    return calls.length > 0;
  }
}
