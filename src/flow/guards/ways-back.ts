/**
 * From an operation back to where the program is entered, past no guard. As long as the data comes in by a
 * parameter, only the callers that handed it over count; where it arises, all who call the function.
 */
import type { Role } from "../../contracts/model.js";
import type { Entry } from "../tabulation/entry.js";
import { functionPlace } from "../models/function-addresses.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { beginning } from "../tabulation/trace.js";
import type { Trace } from "../tabulation/trace.js";
import { askedOfAll } from "./asked-of-all.js";
import { isCalledThere } from "./called-there.js";
import type { Chains } from "./handlers/chains.js";
import { isBehindItsOwn } from "./handlers/own-chains.js";
import { consults } from "./consulted-consent.js";
import { passesGuard } from "./guarded-traces.js";
import { isTakenBehindGuard } from "./evidence/taken-values.js";
import type { OpenWays } from "./open-ways.js";
import { isJoinedBehindGuard } from "./open-joins.js";
import { ElementRuns } from "./element-runs.js";
import type { Overwritten } from "./overwritten.js";
import { ShownElements } from "./shown-elements.js";
import type { Proofs } from "./marks/proofs.js";
import type { DispatchTurn } from "./turns/dispatch-turns.js";
import { dispatchTurn, isLater, sitesBefore } from "./turns/dispatch-turns.js";
import { isBehindEarlierTurn } from "./turns/list-turns.js";
import type { Receiver } from "./evidence/same-receiver.js";
import { edgesOf, isOnThis, mayBeOn, receiverOf, receiversFor } from "./evidence/same-receiver.js";
import type { ClosedCircles } from "./entries/closed-circles.js";
import type { FoundEntry } from "./entries/entry-found.js";
import type { ArrivalAt, OpenWay, Outset, Passage } from "./open-way.js";
import { keptUnder } from "./entries/kept-under.js";
import { handingOver, mayHandOver } from "./handers-over.js";
import { isMadeIn } from "../paths/slots.js";

type CallsRole = Extract<Role, { kind: "calls" }>;

interface Step {
  /** The run that the data came in by; null above the function that the data arises in. */
  readonly entry: Entry | null;
  readonly node: FunctionNode;
  readonly point: number;
  readonly trace: Trace | null;
  readonly below: Step | null;
  /** The last function on the way that its caller did not make, but was handed: by it the way came here. */
  readonly handed: FunctionNode | null;
  /** The object whose method it is, where the call below tells. */
  readonly self: Receiver | null;
  /** It is where the first function of a list is run whose functions run each other. */
  readonly starting: DispatchTurn | null;
  readonly isAssumed: boolean;
  /** The entry that the way has come from, where that is part of another one. */
  readonly outset: Outset | null;
}

/** The caller is where nothing of the data comes from. */
const nowhere = { entry: null, trace: null };
/** More ways than this to one operation are not told apart. */
const mostWays = 24;
const mostSteps = 4000;

export class WaysBack {
  private readonly shown: ShownElements;
  private readonly runs: ElementRuns;
  private readonly circles: ClosedCircles;
  private readonly overwritten: Overwritten;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    readonly open: OpenWays,
    private readonly chains: Chains,
    private readonly proofs: Proofs,
  ) {
    this.shown = new ShownElements(pointsTo, open);
    this.runs = new ElementRuns(pointsTo, models, open);
    ({ circles: this.circles, overwritten: this.overwritten } = askedOfAll(chains));
  }

  /** The open ways that lead to where the facts arrive, the shortest first. */
  from(arrivals: readonly ArrivalAt[]): OpenWay[] {
    return this.find(startsOf(arrivals), (step, push, found) => {
      this.leave(step, push, found);
    });
  }

  /** The ways to a place, whatever is handed over; of them, those that are wanted as far as they are known. */
  fromPlace(place: Passage, isWanted: (passages: readonly Passage[]) => boolean = () => true): OpenWay[] {
    return this.find([{ ...place, entry: null, trace: null }], (step, push, found) => {
      const pushWanted = (next: Step): void => {
        if (isWanted(passagesOf(next))) push(next);
      };
      this.leave(step, pushWanted, found);
    });
  }

  /** Those from the jobs that do it, whatever stood before them. */
  fromJobs(arrivals: readonly ArrivalAt[]): OpenWay[] {
    return this.find(startsOf(arrivals), (step, push, found) => {
      this.leaveToJob(step, push, found);
    }).filter((way) => !consults(this.pointsTo, way, arrivals));
  }

  private find(
    starts: readonly Start[],
    leave: (step: Step, push: (step: Step) => void, found: OpenWay[]) => void,
  ): OpenWay[] {
    const found: OpenWay[] = [];
    const seen = new Set<string>();
    const runs = new Map<Entry, number>();
    const queue: Step[] = [];
    const push = (step: Step): void => {
      const run = step.entry === null ? "" : String(numberOf(runs, step.entry));
      const self = step.self === null ? "" : `/${String(step.self.index)}`;
      const handed = step.handed === null ? "" : `<${String(step.handed.index)}`;
      const starting = step.starting === null ? "" : "!";
      const key = `${String(step.node.index)}:${String(step.point)}:${run}${self}${handed}${starting}`;
      if (seen.has(key) || seen.size > mostSteps) return;
      seen.add(key);
      if (!this.open.isOpenAt(step.node, step.point, step.self)) return;
      // What was taken while a guard held may be kept later: `if (agreed) accepted.push(child)`.
      if (step.trace === null || !this.isBehindGuard(step, step.trace)) queue.push(step);
    };
    for (const start of starts)
      push({
        ...start,
        below: null,
        handed: null,
        self: null,
        starting: null,
        isAssumed: false,
        outset: null,
      });
    for (let next = 0; next < queue.length && found.length < mostWays; next++) {
      const step = queue[next];
      if (step !== undefined) leave(step, push, found);
    }
    return found;
  }

  private isBehindGuard({ node, point }: Passage, trace: Trace): boolean {
    if (passesGuard(trace, this.open) || isJoinedBehindGuard(node, point, trace, this.open)) return true;
    const source = beginning(trace);
    return source?.root != null && isTakenBehindGuard(source.node, source.root, this.open);
  }

  /** Up to a caller, unless it hands over a proof. Of a call on `this` the object's class is kept. */
  private leaveCall(
    step: Step,
    site: CallSite,
    caller: { readonly entry: Entry | null; readonly trace: Trace | null },
    push: (step: Step) => void,
  ): void {
    if (this.proofs.isGiven(step, site, this.open) || this.shown.isHidden(site)) return;
    if (this.overwritten.isCalled(site, step.node)) return;
    if (step.starting !== null && isLater(this.pointsTo, step.starting, site)) return;
    const edges = this.pointsTo.callersOf(step.node).filter((edge) => edge.site === site);
    if (edges.length > 0 && edges.every((edge) => this.isClosedBy(step, this.open.calledFrom(edge), false)))
      return;
    if (isBehindEarlierTurn(step.node, site, this.open) || this.isYes(site)) return;
    const turn = dispatchTurn(this.pointsTo, step.node, site);
    if (turn !== null) {
      for (const before of sitesBefore(this.pointsTo, turn))
        push(above(step, before, { entry: null, trace: step.trace }));
      if (!turn.isFirst) return;
    }
    const next = { ...above(step, site, caller), starting: turn };
    const { instruction } = site;
    if (isOnThis(site)) for (const self of this.selvesAt(step, site)) push({ ...next, self });
    else if (
      step.self === null ||
      instruction.kind !== "call" ||
      instruction.receiver === null ||
      mayBeOn(this.pointsTo, site.caller, instruction.receiver, step.self)
    )
      push(next);
  }

  /** What `this` may be where a call on it leads to the step; null: that is not known. */
  private selvesAt({ node, self }: Step, site: CallSite): readonly (Receiver | null)[] {
    const isMeant = (each: Receiver): boolean =>
      edgesOf(this.pointsTo, site, each).some(({ callee }) => callee === node);
    if (self !== null) return [isMeant(self) ? self : null];
    const receivers = receiversFor(this.pointsTo, site, node);
    if (receivers.length > 0) return receivers;
    const home = this.pointsTo.program.homeClass(node);
    const own = home === undefined ? null : receiverOf(this.pointsTo, home);
    return [own !== null && isMeant(own) ? own : null];
  }

  /** A guard calls what it was given, as it only does where there is consent. */
  private isYes(site: CallSite): boolean {
    const { question, tools } = this.open;
    return tools.guards
      .answersAt(site)
      .some((mark) => mark.answer?.argument === null && question.acceptsMark(mark));
  }

  /**
   * With what is handed over, control does not come to where the way goes on. `isSettled`: it is that a promise failed,
   * which by itself decides what is done.
   */
  private isClosedBy(step: Step, given: OpenWays | null, isSettled: boolean): boolean {
    if (given === null) return false;
    for (let each: Step | null = step; each !== null; each = each.below) {
      if (each.node !== step.node && !isMadeIn(each.node, step.node)) break;
      const decides = isSettled || this.open.isNearGuard(each.node);
      if (decides && !given.isOpenAt(each.node, each.point, each.self)) return true;
    }
    return false;
  }

  private leave(step: Step, push: (step: Step) => void, found: OpenWay[]): void {
    const { entry, node } = step;
    if (this.proofs.isDecorated(node, this.open.question)) return;
    if (isBehindItsOwn(this.chains, node, this.open)) return;
    if (entry !== null && entry.fact !== null) {
      // Whoever has the reference calls it with data of their own, besides the callers in the program.
      for (const each of this.chains.entries.of(node))
        if (each.isRemote && !this.chains.entries.isGuarded(each, this.open))
          found.push(wayOf(step, outsetOf(node, each)));
      for (const incoming of entry.incoming) {
        const edges = incoming.callback === null ? [] : callbacksAt(this.pointsTo, node, incoming.site);
        const caller = { entry: incoming.entry, trace: incoming.before };
        if (edges.length === 0) this.leaveCall(step, incoming.site, caller, push);
        for (const edge of edges) this.leaveCallback(step, edge, caller, push, found);
      }
      return;
    }
    if (node.graph.kind === "module") {
      found.push(wayOf(step, { kind: "module", node, site: null, address: "" }));
      return;
    }
    const entries = this.chains.entries.of(node);
    for (const each of entries)
      if (!this.chains.entries.isGuarded(each, this.open)) found.push(wayOf(step, outsetOf(node, each)));
    const edges = handingOver(this.pointsTo, this.pointsTo.callersOf(node), step.handed);
    const isRemote = entries.some((each) => each.isRemote);
    const callbacks = isRemote ? [] : this.pointsTo.callbacksOf(node);
    for (const { site } of edges) this.leaveCall(step, site, { entry: null, trace: step.trace }, push);
    for (const edge of callbacks)
      this.leaveCallback(step, edge, { entry: null, trace: step.trace }, push, found);
    const isCalled =
      (edges.length > 0 && !this.circles.has(node)) || this.pointsTo.functionCopies.isCopied(node);
    if (!isCalled && callbacks.length + entries.length === 0) found.push(wayOf(step, this.unknown(node)));
  }

  /** What nothing in the program calls. */
  private unknown(node: FunctionNode): Outset {
    const outset: Outset = { kind: "unknown", node, site: null, address: "" };
    const name = keptUnder(this.pointsTo.program, node);
    return name === null ? outset : { ...outset, name, isKept: true };
  }

  /** Up to what is run by itself, and no further. */
  private leaveToJob(step: Step, push: (step: Step) => void, found: OpenWay[]): void {
    const { node } = step;
    if (this.proofs.isDecorated(node, this.open.question)) return;
    for (const each of this.chains.entries.of(node))
      if (each.isJob && !this.chains.entries.isGuarded(each, this.open))
        found.push(wayOf(step, outsetOf(node, each)));
    for (const { site } of this.pointsTo.callersOf(node))
      this.leaveCall(step, site, { entry: null, trace: step.trace }, push);
    for (const edge of this.pointsTo.callbacksOf(node)) {
      const role = this.calledBy(edge);
      const outset: Outset = { kind: "handler", node, site: edge.site, address: edge.address };
      if (role?.job === true) {
        if (!this.chains.isGuarded(edge, passagesOf(step), this.open)) found.push(wayOf(step, outset));
      } else if (role?.entry !== true && !this.open.isBehindPromise(edge.site, edge.address))
        push(above(step, edge.site, { entry: null, trace: step.trace }));
    }
  }

  private calledBy({ site, address }: CallbackEdge): CallsRole | undefined {
    return this.models
      .at(site)
      .flatMap(({ model }) => model.roles)
      .filter((role) => role.kind === "calls")
      .find((role) => functionPlace(role.function, role.function.steps.length).text === address);
  }

  private leaveCallback(
    step: Step,
    edge: CallbackEdge,
    caller: { readonly entry: Entry | null; readonly trace: Trace | null },
    push: (step: Step) => void,
    found: OpenWay[],
  ): void {
    const { site, address, callee } = edge;
    if (
      (step.self !== null && !mayHandOver(this.pointsTo, edge, step.self)) ||
      this.overwritten.isHandedOver(edge)
    )
      return;
    if (!isCalledThere(edge, this.models) || this.isClosedBy(step, this.open.calledBack(edge), true)) return;
    if (this.open.question.isGuardingCall?.(site, address) === true) return;
    const role = this.calledBy(edge);
    if (role?.entry === true) {
      if (this.chains.isGuarded(edge, passagesOf(step), this.open)) return;
      const outset: Outset = { kind: "handler", node: callee, site, address, isJob: role.job };
      if (this.shown.isHidden(site) || this.runs.isHeldBack(site, role)) return;
      if (!role.inside) found.push(wayOf(step, outset));
      // Nothing of the data comes from there: whoever may register the listener may register it for this data.
      else push({ ...above(step, site, nowhere), outset: step.outset ?? outset });
      return;
    }
    // What runs when an operation is done comes after it.
    if (this.open.isBehindPromise(site, address) || this.open.question.isDone(site.caller, site.point))
      return;
    const calls = this.open.tools.given.callsThrough(site, address);
    if (calls.length > 0 && this.chains.isGuarded(edge, passagesOf(step), this.open)) return;
    for (const { call, address: handedAt } of calls)
      if (handedAt === null) push(above(step, call, nowhere));
      else
        // A package calls it for another one, which it has handed out and which stands at an address.
        this.leaveCallback(step, { ...edge, site: call, address: handedAt }, nowhere, push, found);
    if (calls.length > 0) return;
    // What no model describes is assumed to call what it is given.
    const isUndescribed = this.models.at(site).length === 0 && !this.open.tools.given.isHandedOut(site);
    const isAssumed = step.isAssumed || isUndescribed;
    // Made of a function when its file is read, and kept: it is called by that name, and not then.
    const kept = isUndescribed && site.caller.graph.kind === "module" ? this.unknown(callee) : null;
    if (kept?.isKept === true) found.push(wayOf({ ...step, isAssumed }, kept));
    else push({ ...above(step, site, caller), isAssumed });
  }
}

function outsetOf(node: FunctionNode, { site, name, isJob }: FoundEntry): Outset {
  return { kind: "handler", node, site, address: "", name, isJob };
}

type Start = Pick<Step, "entry" | "node" | "point" | "trace">;

function startsOf(arrivals: readonly ArrivalAt[]): Start[] {
  return arrivals.map(({ entry, point, trace }) => ({ entry, node: entry.node, point, trace }));
}

function above(
  step: Step,
  site: CallSite,
  { entry, trace }: { readonly entry: Entry | null; readonly trace: Trace | null },
): Step {
  return {
    entry,
    node: site.caller,
    point: site.point,
    trace,
    below: step,
    handed: isMadeIn(step.node, site.caller) ? step.handed : step.node,
    starting: null,
    // An arrow function's `this` is that of the function around it.
    self: step.node.graph.kind === "arrow" && isMadeIn(step.node, site.caller) ? step.self : null,
    isAssumed: step.isAssumed,
    outset: step.outset,
  };
}

function callbacksAt(pointsTo: PointsTo, node: FunctionNode, site: CallSite): readonly CallbackEdge[] {
  return pointsTo.callbacksOf(node).filter((edge) => edge.site === site);
}

function wayOf(step: Step, outset: Outset): OpenWay {
  const trace = traceOf(step);
  return {
    outset: step.outset ?? outset,
    passages: passagesOf(step),
    beginning: trace === null ? null : beginning(trace),
    trace,
    isAssumed: step.isAssumed,
  };
}

/** Of the data, as far up as it is followed. */
function traceOf(step: Step): Trace | null {
  for (let each: Step | null = step; each !== null; each = each.below)
    if (each.trace !== null) return each.trace;
  return null;
}

function passagesOf(step: Step): Passage[] {
  const passages: Passage[] = [];
  for (let each: Step | null = step; each !== null; each = each.below)
    passages.unshift({ node: each.node, point: each.point });
  return passages;
}

function numberOf(runs: Map<Entry, number>, entry: Entry): number {
  let number = runs.get(entry);
  if (number === undefined) runs.set(entry, (number = runs.size));
  return number;
}
