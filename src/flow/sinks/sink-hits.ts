/** Flows of what arrived at a sink. */
import type { Location } from "../../base/location.js";
import { compareLocations } from "../../base/location.js";
import type { Flow, Sink, StatementDoubt, TraceStep } from "../../contracts/flow.js";
import type { Entry } from "../tabulation/entry.js";
import type { State } from "../tabulation/fact.js";
import type { Target } from "../../contracts/model.js";
import type { ReadValues } from "../program/read-values.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Trace } from "../tabulation/trace.js";
import { flatten } from "../tabulation/trace.js";

/** How a store was named at a call, where its name may depend on who calls. */
export interface Named {
  readonly target: Target;
  readonly names: readonly string[];
  /** What values are on the object whose method runs. */
  readonly own: ReadValues | undefined;
}

/** A fact that came to a sink in a run of the function that the call stands in. */
export interface Arrival {
  readonly entry: Entry;
  readonly site: CallSite;
  readonly trace: Trace;
  readonly named?: Named | null;
}

/** A sink that a field came to in one state. */
export interface Hit {
  readonly sink: Sink;
  readonly state: State;
  readonly columns: Set<string>;
  /** Methods that write the object which the call gives. */
  readonly handedTo: readonly string[];
  readonly traces: Trace[];
  readonly arrivals: Arrival[];
  readonly doubt: StatementDoubt | null;
}

/** The flow of one field to a sink, by the shortest of its ways. */
export function flowOf({ sink, state, columns, traces, doubt }: Hit): Flow {
  const ways = traces
    .slice(0, 40)
    .map((trace) => flatten(trace))
    .sort((a, b) => a.length - b.length || compareSteps(a, b));
  const [first = []] = ways;
  const last: TraceStep = { location: sink.location, note: { kind: "sink", callee: sink.callee } };
  const assumptions = first
    .map((each) => each.note)
    .filter((note) => note.kind === "assumed-through" || note.kind === "assumed-called");
  const sources = new Map<string, Location>();
  for (const way of ways.slice(1)) {
    const start = way[0]?.location;
    const own = first[0]?.location;
    if (start !== undefined && own !== undefined && compareLocations(start, own) !== 0)
      sources.set(`${start.file}:${String(start.line)}:${String(start.column)}`, start);
  }
  const otherSources = [...sources.values()].sort(compareLocations);
  return {
    field: state.field,
    sink,
    columns: [...columns].sort(),
    protection: state.protection,
    trace: [...first, last],
    otherSources,
    assumptions:
      state.assumed && assumptions.length === 0
        ? [
            doubt === null
              ? { kind: "assumed-through", callee: sink.callee }
              : { kind: "assumed-written", callee: sink.callee, doubt },
          ]
        : assumptions,
  };
}

function compareSteps(a: readonly TraceStep[], b: readonly TraceStep[]): number {
  const [first] = a;
  const [second] = b;
  return first === undefined || second === undefined
    ? a.length - b.length
    : compareLocations(first.location, second.location);
}

export function compareFlows(a: Flow, b: Flow): number {
  return (
    compareLocations(a.sink.location, b.sink.location) ||
    a.sink.role.localeCompare(b.sink.role) ||
    (a.field < b.field ? -1 : a.field > b.field ? 1 : 0) ||
    a.protection.kind.localeCompare(b.protection.kind)
  );
}
