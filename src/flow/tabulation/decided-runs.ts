/**
 * Runs of a function by the constants that decide what it does: what `card(id, "short")` reads from a store comes back
 * to that call only as far as a run with "short" gives it back. What arises in a function, whoever calls it, is followed
 * in the run of which nothing is known, and beside it once more for each set of constants that calls hand over, or that
 * a callback has captured. What leaves the one run comes back to the calls that decide nothing.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallbackEdge, CallEdge, PointsTo } from "../points-to/points-to.js";
import type { Contexts } from "../contexts/contexts.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import { wholeOperand } from "../contexts/leaving-contexts.js";
import type { FunctionNode } from "../program/program.js";
import type { StaticConditions } from "../ways/static-conditions.js";
import { dependsOnReceiver } from "../ways/depends-on-receiver.js";
import type { Entries, Entry } from "./entry.js";

type Way = CallEdge | CallbackEdge;
type Values = ReadonlyMap<number, ReadonlySet<AbstractValue>>;

/** Constants that a way into a function decides. */
interface Decided {
  readonly key: string;
  readonly parameters: Values;
  readonly slots: Values;
  /** The one object that a method which tests its object's fields runs on. */
  readonly receiver: ReadonlySet<AbstractValue> | null;
}

interface Beside {
  readonly base: Entry;
  readonly key: string;
}

/** A function that is called with more sets of constants than this is run for any of them. */
const mostSets = 8;
/** A closure that has captured more variables than this is run for any values of them. */
const mostCaptured = 8;
const noElements = new Set<number>();

export class DecidedRuns {
  private readonly byContext = new Map<Way, Map<Context, Decided | null>>();
  private readonly nearest = new Map<FunctionNode, readonly Decided[]>();
  private readonly sets = new Map<FunctionNode, readonly Decided[]>();
  private readonly runs = new Map<Entry, ReadonlyMap<string, Entry>>();
  private readonly besides = new Map<Entry, Beside>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly contexts: Contexts,
    private readonly entries: Entries,
    private readonly conditions: StaticConditions,
  ) {}

  /** The runs in which what arises in a run without an entry fact is followed besides. */
  of(entry: Entry): Iterable<Entry> {
    return this.byKey(entry).values();
  }

  /** The run of which nothing is decided. */
  baseOf(entry: Entry): Entry {
    return this.besides.get(entry)?.base ?? entry;
  }

  /** The runs of a caller to which what leaves a run comes back, of one and those beside it. */
  callersOf(run: Entry, way: Way, base: Entry): readonly Entry[] {
    if (this.contradicts(run.context, way)) return [];
    const wanted = this.besides.get(run)?.key ?? null;
    const known = wanted === null ? this.byKey(run) : null;
    const block = base.node.blockOf[way.site.point] ?? 0;
    return [base, ...this.byKey(base).values()].filter((caller) => {
      if (!this.mayComeTo(caller, block)) return false;
      const given = this.decidedBy(way, this.besides.has(caller) ? caller.context : noContext)?.key ?? null;
      return known === null ? given === wanted : given === null || !known.has(given);
    });
  }

  /** Control may come to a block (by position) in the run. */
  mayComeTo({ node, context }: Entry, block: number): boolean {
    return this.conditions.comesTo(node, context, null, block);
  }

  private byKey(entry: Entry): ReadonlyMap<string, Entry> {
    let found = this.runs.get(entry);
    if (found === undefined) this.runs.set(entry, (found = this.make(entry)));
    return found;
  }

  private make(base: Entry): ReadonlyMap<string, Entry> {
    const made = new Map<string, Entry>();
    const { node, context } = base;
    if (base.fact !== null || this.besides.has(base)) return made;
    for (const { key, parameters, slots, receiver } of this.setsOf(node)) {
      if ([...parameters.keys()].some((index) => context.parameters.has(index))) continue;
      if (receiver !== null && context.receiver !== null) continue;
      const decided = this.contexts.knownBesides(node, {
        ...context,
        parameters: new Map([...context.parameters, ...parameters]),
        slots: new Map([...context.slots, ...slots]),
        receiver: receiver ?? context.receiver,
      });
      if (decided === noContext) continue;
      const run = this.entries.of(node, null, decided);
      this.besides.set(run, { base, key });
      made.set(key, run);
    }
    return made;
  }

  /** The way hands over something else than what is known of the run. */
  private contradicts(context: Context, way: Way): boolean {
    const decided = this.decidedBy(way, noContext);
    return [...(decided?.parameters ?? [])].some(([index, values]) => {
      const known = context.parameters.get(index);
      return known !== undefined && areConstants(known) && ![...known].some((each) => values.has(each));
    });
  }

  /** By the ways in, where callers are run for any constants, or for those that their own callers decide. */
  private setsOf(node: FunctionNode): readonly Decided[] {
    let found = this.sets.get(node);
    if (found === undefined)
      this.sets.set(
        node,
        (found = this.findSets(node, (caller) => [
          noContext,
          ...this.nearestOf(caller).map(({ parameters, slots, receiver }) =>
            this.contexts.knownBesides(caller, { ...noContext, parameters, slots, receiver }),
          ),
        ])),
      );
    return found;
  }

  private nearestOf(node: FunctionNode): readonly Decided[] {
    let found = this.nearest.get(node);
    if (found === undefined) this.nearest.set(node, (found = this.findSets(node, () => [noContext])));
    return found;
  }

  private findSets(
    node: FunctionNode,
    contextsOf: (caller: FunctionNode) => readonly Context[],
  ): readonly Decided[] {
    const found = new Map<string, Decided>();
    // Closures in closures have captured what all those around them have.
    if (node.graph.captures.length > mostCaptured) return [];
    const isTold = this.contexts.keys.of(node).length > 0 || node.graph.captures.length > 0;
    if (!isTold && !dependsOnReceiver(this.pointsTo, node)) return [];
    for (const way of [...this.pointsTo.callersOf(node), ...this.pointsTo.callbacksOf(node)])
      for (const context of contextsOf(way.site.caller)) {
        const decided = this.decidedBy(way, context);
        if (decided !== null) found.set(decided.key, decided);
      }
    return found.size > mostSets ? [] : [...found.values()];
  }

  private decidedBy(way: Way, caller: Context): Decided | null {
    let ofWay = this.byContext.get(way);
    if (ofWay === undefined) this.byContext.set(way, (ofWay = new Map<Context, Decided | null>()));
    let found = ofWay.get(caller);
    if (found === undefined) ofWay.set(caller, (found = this.find(way, caller)));
    return found;
  }

  private find(way: Way, caller: Context): Decided | null {
    const { parameters, slots, receiver } = this.enter(way, caller);
    const deciding = new Set(this.contexts.keys.of(way.callee));
    const decided = {
      parameters: new Map(
        [...parameters].filter(([index, values]) => deciding.has(index) && areConstants(values)),
      ),
      slots: new Map([...slots].filter(([, values]) => areConstants(values))),
      receiver: receiver?.size === 1 && dependsOnReceiver(this.pointsTo, way.callee) ? receiver : null,
    };
    if (decided.parameters.size + decided.slots.size === 0 && decided.receiver === null) return null;
    const self = decided.receiver === null ? "" : `^${idsOf(decided.receiver)}`;
    return { key: `${textOf(decided.parameters)}^${textOf(decided.slots)}${self}`, ...decided };
  }

  private enter(way: Way, caller: Context): Context {
    if ("shape" in way) return this.contexts.enter(caller, way);
    const operand = wholeOperand(way);
    return operand === null ? noContext : this.contexts.enterCallback(caller, way, operand, noElements);
  }
}

function areConstants(values: ReadonlySet<AbstractValue>): boolean {
  return [...values].every(({ kind }) => kind === "constant");
}

function idsOf(values: ReadonlySet<AbstractValue>): string {
  return [...values]
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();
}

function textOf(values: Values): string {
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([index, each]) => `${String(index)}=${idsOf(each)}`)
    .join(";");
}
