/** What functions give, or leave in what they are given, that a call writes or sends: `update(key, (old) => next)`. */
import { stepPaths } from "../models/address-facts.js";
import { readSteps } from "./callback-results.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import { incoming, returned } from "./fact.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { isSink } from "../sinks/sink-of.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import type { Trace } from "./trace.js";

/** A fact leaves a function that the call has run. */
export function meetCallbackSinks(
  pointsTo: PointsTo,
  sinks: SinkRecorder,
  models: readonly ModelAt[],
  { address: called, callee }: CallbackEdge,
  entry: Entry,
  site: CallSite,
  fact: Fact,
  trace: Trace,
): void {
  for (const match of models)
    for (const role of match.model.roles) {
      if (!isSink(role) || role.kind === "sql") continue;
      for (const address of role.data) {
        const index = address.steps.findIndex(({ kind }) => kind === "result" || kind === "parameter");
        const step = address.steps[index];
        if (step === undefined || functionAddress(address, index) !== called) continue;
        const isLeft =
          step.kind === "parameter" && declares(callee, step) && fact.base === incoming(step.index);
        if (!isLeft && (step.kind !== "result" || fact.base !== returned)) continue;
        const inner = address.steps.slice(index + 1);
        const rest = readSteps(stepPaths(pointsTo, site, inner, match.names), fact.path);
        if (rest !== null && sinks.meetAt(entry, site, match, role, address, rest, fact, trace)) break;
      }
    }
}
