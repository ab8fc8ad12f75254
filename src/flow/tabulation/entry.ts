/** Runs of functions, and who entered them. */
import type { Binding } from "./bindings.js";
import type { Context } from "../contexts/context.js";
import type { Base, Fact } from "./fact.js";
import type { CallbackEdge, CallEdge, CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { FunctionRoutes, Stop } from "../ways/routes.js";
import type { Trace } from "./trace.js";

/** A run of a function: for one entry fact, or (null) for all that arises in it without one. */
export interface Entry {
  readonly node: FunctionNode;
  readonly context: Context;
  readonly fact: Fact | null;
  readonly incoming: Incoming[];
  /** The same by the fact at the call, for runs that many enter. */
  byFact: Map<number, Incoming[]> | null;
  /** The same run where more is known of it, by what came back from a callee. */
  narrower: ReadonlySet<Entry>;
  /** The entry fact has been followed from where the function begins. */
  isBegun: boolean;
  /** `block`: of the statement that gives it back. */
  exits: ReadonlyMap<number, Exit>;
  /** The stops that each fact came to, by its id. */
  readonly seen: Map<number, StopsOfFact>;
  /** Of a run without an entry fact: the facts about each value that hold where it is made. */
  made: ReadonlyMap<Base, ReadonlySet<Fact>>;
  readonly start: Trace;
  facts: number;
  /** Kept here once they are asked for. */
  routes: FunctionRoutes | null;
  /** What is done once more where a branch let a fact not pass yet, by fact and block. */
  again: Map<number, () => void> | null;
  /** What was written in it, by the callee that did: facts with the points they hold after. */
  written: Map<FunctionNode | null, Set<number>> | null;
}

/** What leaves a run. `block`: of the statement that gives it back. */
interface Exit {
  readonly fact: Fact;
  readonly trace: Trace;
  readonly block: number | null;
}

/** Most runs have none, and there are many runs. */
const noRuns: ReadonlySet<Entry> = new Set();
const noExits: ReadonlyMap<number, Exit> = new Map();
const noneMade: ReadonlyMap<Base, ReadonlySet<Fact>> = new Map();

/** Facts of one run of one function, more for very long ones; beyond it the run is cut and told as a blind spot. */
const mostFacts = 60_000;
const mostFactsPerInstruction = 20;

/** Counts one more fact; true if the run has had its share. */
export function isSpent(entry: Entry): boolean {
  return ++entry.facts > Math.max(mostFacts, mostFactsPerInstruction * entry.node.code.length);
}

/** All runs, by function, context and the id of the entry fact. */
export class Entries {
  private readonly rows: Map<Context, Map<number, Entry>>[] = [];

  of(node: FunctionNode, fact: Fact | null, context: Context): Entry {
    const ofNode = (this.rows[node.index] ??= new Map<Context, Map<number, Entry>>());
    let ofContext = ofNode.get(context);
    if (ofContext === undefined) ofNode.set(context, (ofContext = new Map<number, Entry>()));
    const key = fact === null ? -1 : fact.id;
    const known = ofContext.get(key);
    if (known !== undefined) return known;
    const entry = create(node, fact, context);
    ofContext.set(key, entry);
    return entry;
  }
}

function create(node: FunctionNode, fact: Fact | null, context: Context): Entry {
  const incoming: Incoming[] = [];
  return {
    node,
    context,
    fact,
    incoming,
    byFact: null,
    narrower: noRuns,
    isBegun: false,
    exits: noExits,
    seen: new Map(),
    made: noneMade,
    start: { kind: "entry", length: 0, entered: () => incoming[0]?.trace ?? null },
    facts: 0,
    routes: null,
    again: null,
    written: null,
  };
}

/** Who entered, and how results go back. */
export interface Incoming {
  readonly entry: Entry;
  readonly site: CallSite;
  /** The call, where it says how the caller was run: through a function or on an object that it was given. */
  readonly edge?: CallEdge | CallbackEdge;
  readonly binding: Binding;
  /** Receives what leaves; null for a plain call, whose results the tabulation hands back itself. */
  readonly callback: CallbackReturn | null;
  /** What it puts back into the place where it found it counts, also where that is in the same state as before. */
  readonly takesPutBack?: boolean;
  /** What it leaves as it came in counts as well: what it took away alone is gone. */
  readonly takesAsItWas?: boolean;
  readonly fact: Fact;
  /** The operand's fact as which it entered, where it is known by another name of the operand's object. */
  readonly as?: Fact;
  /** The caller's way up to the call, with and without the step into the callee. */
  readonly trace: Trace;
  readonly before: Trace;
}

/** Hands what a callback returns (or leaves in its parameters) to the model of the call that called it. */
export type CallbackReturn = (
  entry: Entry,
  site: CallSite,
  fact: Fact,
  inner: Trace,
  previous: Trace | null,
  given: Given | null,
) => void;

/** What a callback was called with: the fact in it, and the one of its caller that it comes from. */
export interface Given {
  readonly inside: Fact;
  readonly outside: Fact;
}

/** What holds of a value where it is made. */
export function keepMade(entry: Entry, point: number, fact: Fact): void {
  const definition = fact.base < 0 ? undefined : entry.node.definitions[fact.base];
  if (definition?.kind !== "instruction" || definition.point !== point || fact.path.isLost) return;
  if (entry.made === noneMade) entry.made = new Map();
  const made = entry.made as Map<Base, Set<Fact>>;
  const known = made.get(fact.base);
  if (known === undefined) made.set(fact.base, new Set([fact]));
  else known.add(fact);
}

/** False: it has left before. */
export function keepExit(entry: Entry, exit: Exit): boolean {
  if (entry.exits.has(exit.fact.id)) return false;
  if (entry.exits === noExits) entry.exits = new Map();
  (entry.exits as Map<number, Exit>).set(exit.fact.id, exit);
  return true;
}

export function addNarrower(entry: Entry, narrower: Entry): void {
  if (entry.narrower === noRuns) entry.narrower = new Set();
  (entry.narrower as Set<Entry>).add(narrower);
}

/** Most facts come to one stop or a few, which are searched; only those of more have a set. */
type StopsOfFact = Stop | Stop[] | Set<Stop>;
const mostSearched = 12;

/** Notes that a fact comes to a stop; false if it has been there before. */
export function isNewAt({ seen }: Entry, stop: Stop, { id }: Fact): boolean {
  const stops = seen.get(id);
  if (stops === undefined) {
    seen.set(id, stop);
    return true;
  }
  if (typeof stops === "number") {
    if (stops === stop) return false;
    seen.set(id, [stops, stop]);
    return true;
  }
  if (Array.isArray(stops)) {
    if (stops.includes(stop)) return false;
    if (stops.length < mostSearched) seen.set(id, stops.concat(stop));
    else seen.set(id, new Set(stops).add(stop));
    return true;
  }
  if (stops.has(stop)) return false;
  stops.add(stop);
  return true;
}

/** One run hands one fact to a callback in one way, however often it comes by. */
function isSameWay(one: Incoming, other: Incoming): boolean {
  return (
    one.entry === other.entry &&
    one.site === other.site &&
    one.callback === other.callback &&
    one.fact === other.fact
  );
}

/** Fewer than these are looked through one by one. */
const fewIncoming = 8;

/** Those who entered a run with a fact, among others perhaps where they are few. */
function enteredWith({ incoming, byFact }: Entry, fact: Fact): readonly Incoming[] {
  return byFact === null ? incoming : (byFact.get(fact.id) ?? []);
}

/** Has somebody entered the run with the fact in such a way? */
export function hasEntered(run: Entry, fact: Fact, isWay: (incoming: Incoming) => boolean): boolean {
  return enteredWith(run, fact).some((each) => each.fact === fact && isWay(each));
}

/** Keeps who entered a run; false: a function that a call hands over did so in the same way before. */
export function keepIncoming(run: Entry, incoming: Incoming): boolean {
  if (incoming.callback !== null && hasEntered(run, incoming.fact, (each) => isSameWay(each, incoming)))
    return false;
  run.incoming.push(incoming);
  if (run.byFact !== null) addByFact(run.byFact, incoming);
  else if (run.incoming.length > fewIncoming) {
    run.byFact = new Map<number, Incoming[]>();
    for (const each of run.incoming) addByFact(run.byFact, each);
  }
  return true;
}

function addByFact(byFact: Map<number, Incoming[]>, incoming: Incoming): void {
  const known = byFact.get(incoming.fact.id);
  if (known === undefined) byFact.set(incoming.fact.id, [incoming]);
  else known.push(incoming);
}

/** What is done once more for a key, when something is known: the same function whoever asks. */
export function againOf(entry: Entry, key: number, again: () => void): () => void {
  const known = (entry.again ??= new Map<number, () => void>());
  const found = known.get(key) ?? again;
  known.set(key, found);
  return found;
}
