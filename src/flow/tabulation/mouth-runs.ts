/**
 * Runs of functions that a library made of others (`map(toName)`, `flow(trim, shout)`): what such a function is called
 * with goes into those that it was made of, and what they give comes back to the call at hand, and to no other.
 */
import type { Address } from "../../contracts/model.js";
import { stepPaths, writtenPaths } from "../models/address-facts.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import { isClearedInResult } from "../models/overwriting.js";
import { wholeOperand } from "../contexts/leaving-contexts.js";
import { noContext } from "../contexts/context.js";
import type { AccessPath } from "../paths/access-path.js";
import { prepend } from "../paths/access-path.js";
import { givenBack } from "../paths/path-components.js";
import { called } from "../paths/step-names.js";
import type { ModelAt } from "../program/model-at.js";
import type { FunctionNode } from "../program/program.js";
import type { CallbackEdge, CallSite, Channel, PointsTo } from "../points-to/points-to.js";
import { readSteps, saidResults } from "./callback-results.js";
import { givenPart } from "./channel-mouths.js";
import type { Entry, Incoming } from "./entry.js";
import { closure, incoming, incomingIndex, returned, thrown } from "./fact.js";
import type { Fact, State } from "./fact.js";
import { shareEverywhere } from "./shared-everywhere.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";

/** What becomes of what a run gives back. */
type GiveBack = (entry: Entry, path: AccessPath, state: State, trace: Trace) => void;

/** For whom a function is run that a library made. */
export interface MouthRun {
  readonly site: CallSite;
  /** What tells it from other runs that the call starts. */
  readonly key: string;
  readonly back: GiveBack;
}

/** A package's or the library's function that is called in a run. */
export type EnterForeign = (
  entry: Entry,
  site: CallSite,
  functionText: string,
  index: number,
  path: AccessPath,
  state: State,
  trace: Trace,
  run: MouthRun,
) => void;

/** What a run leaves in another place of the call that made the function. */
type PutElsewhere = (entry: Entry, channel: Channel, path: AccessPath, state: State, trace: Trace) => void;

/** So many functions that are made of each other are told apart. */
const mostNested = 12;

export class MouthRuns {
  private readonly edges = new Map<string, readonly [CallbackEdge, NonNullable<Incoming["callback"]>]>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    private readonly enterForeign: EnterForeign,
    private readonly putElsewhere: PutElsewhere,
  ) {}

  /** The function is called with what goes to where its channel says. */
  enter(
    entry: Entry,
    run: MouthRun,
    channel: Channel,
    rest: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[] = [],
  ): void {
    const { site: made, to } = channel;
    const index = to.steps.findIndex((each) => each.kind === "parameter" || each.kind === "receiver");
    const into = to.steps[index];
    if (into === undefined) {
      if (isResult(to))
        for (const components of writtenPaths(this.pointsTo, made, to.steps.slice(1), names)) {
          const path = prepend(components, rest);
          if (!this.isCleared(made, to, path)) run.back(entry, path, state, trace);
        }
      else this.putElsewhere(entry, channel, rest, state, trace);
      return;
    }
    if (into.kind !== "parameter" || run.key.split(">").length > mostNested) return;
    const text = functionAddress(to, index);
    for (const components of writtenPaths(this.pointsTo, made, to.steps.slice(index + 1), names)) {
      const path = prepend(components, rest);
      for (const edge of made.callbacks.values())
        if (edge.address === text && declares(edge.callee, into))
          this.enterOwn(entry, run, edge, into.index, path, state, trace);
      this.enterForeign(entry, made, text, into.index, path, state, trace, {
        site: run.site,
        key: `${run.key}>${made.id}:${text}`,
        back: (back, given, givenState, givenTrace) => {
          this.leave(back, run, made, text, given, false, givenState, givenTrace);
        },
      });
    }
  }

  private isCleared(made: CallSite, to: Address, { components }: AccessPath): boolean {
    return isClearedInResult(this.pointsTo, made, this.modelsAt(made), to, [givenBack, ...components]);
  }

  private enterOwn(
    entry: Entry,
    run: MouthRun,
    taken: CallbackEdge,
    index: number,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { callee, site: made } = taken;
    // Where both calls are of one function, what its run was given tells which functions are meant.
    const isOwn = made.caller === run.site.caller && made.caller === entry.node;
    if (isOwn && !this.tabulation.contexts.allowsCallback(entry.context, taken)) return;
    const { parameters } = callee.graph;
    const isRest = parameters.at(-1)?.rest === true && index >= parameters.length - 1;
    const base = isRest ? incoming(parameters.length - 1) : incoming(index);
    const inside = isRest ? prepend([String(index - parameters.length + 1)], path) : path;
    const fact = this.tabulation.facts.fact(base, inside, state);
    const operand = isOwn ? wholeOperand(taken) : null;
    const context =
      operand === null
        ? noContext
        : this.tabulation.contexts.enterCallback(entry.context, taken, operand, new Set());
    const [edge, callback] = this.edgeOf(run, taken);
    const parameter = parameters[index]?.name ?? `argument ${String(index + 1)}`;
    const note = { kind: "passed", parameter, ...called(callee, entry.node) } as const;
    this.tabulation.addIncoming(this.tabulation.entryOf(callee, fact, context), {
      entry,
      site: run.site,
      edge: isOwn ? taken : edge,
      binding: { callee, links: [], result: null },
      callback,
      fact,
      trace: step(made.caller, made.instruction.at, note, trace),
      before: trace,
    });
  }

  private edgeOf(
    run: MouthRun,
    { site: made, address: text, callee }: CallbackEdge,
  ): readonly [CallbackEdge, NonNullable<Incoming["callback"]>] {
    const key = `${run.site.id}|${run.key}>${made.id}:${text}|${String(callee.index)}`;
    let known = this.edges.get(key);
    if (known === undefined) {
      // It stands at no operand of the call.
      const place: Address = { root: { kind: "literal", value: key }, steps: [], text: key };
      known = [
        { site: run.site, callee, address: key, place },
        (entry, _, fact, inner, previous) => {
          const trace = previous === null ? inner : through(inner, previous);
          this.leaveOwn(entry, run, made, text, callee, fact, trace);
        },
      ];
      this.edges.set(key, known);
    }
    return known;
  }

  private leaveOwn(
    entry: Entry,
    run: MouthRun,
    made: CallSite,
    text: string,
    callee: FunctionNode,
    { base, path, state }: Fact,
    trace: Trace,
  ): void {
    if (base === returned) this.leave(entry, run, made, text, path, false, state, trace, callee);
    else if (base === thrown) {
      if (callee.graph.async) this.leave(entry, run, made, text, prepend(["!"], path), false, state, trace);
      else if (!this.leave(entry, run, made, text, path, true, state, trace))
        this.tabulation.raise(entry, entry.node.blockOf[run.site.point] ?? 0, path, state, trace);
    } else if (base === closure)
      shareEverywhere(this.tabulation, callee, this.tabulation.facts.fact(base, path, state), trace);
    else this.leaveParameter(entry, run, made, text, incomingIndex(base), path, state, trace);
  }

  /** What a function gave goes where the call that took it says. True if it says so. */
  private leave(
    entry: Entry,
    run: MouthRun,
    made: CallSite,
    text: string,
    path: AccessPath,
    isThrown: boolean,
    state: State,
    trace: Trace,
    callee: FunctionNode | null = null,
  ): boolean {
    const said = saidResults(this.pointsTo, made, this.modelsAt(made), text, path, isThrown, callee);
    for (const { to, rest, names } of said)
      if (rest !== null)
        for (const each of to)
          this.enter(entry, run, { site: made, from: each, to: each }, rest, state, trace, names);
    return said.length > 0;
  }

  /** What a function wrote into what it was given is there also for those behind it. */
  private leaveParameter(
    entry: Entry,
    run: MouthRun,
    made: CallSite,
    text: string,
    index: number | null,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    for (const { model, names } of this.modelsAt(made))
      for (const role of model.roles) {
        if (role.kind !== "flow") continue;
        for (const to of role.to) {
          const at = to.steps.findIndex((each) => each.kind === "parameter");
          const into = to.steps[at];
          if (into?.kind !== "parameter" || into.index !== index || functionAddress(to, at) !== text)
            continue;
          const rest = readSteps(stepPaths(this.pointsTo, made, to.steps.slice(at + 1), names), path);
          if (rest === null || rest.components.length === 0) continue;
          for (const from of role.from) this.giveAgain(entry, run, made, from, rest, state, trace);
        }
      }
  }

  private giveAgain(
    entry: Entry,
    run: MouthRun,
    made: CallSite,
    from: Address,
    rest: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const given = from.root.kind === "return" ? givenPart(from) : null;
    if (given?.steps.length !== 0) return;
    for (const { model, names } of this.modelsAt(made))
      for (const role of model.roles)
        if (role.kind === "flow" && role.from.some(({ text }) => text === from.text))
          for (const to of role.to)
            if (isResult(to)) this.enter(entry, run, { site: made, from, to }, rest, state, trace, names);
  }
}

/** `return.result`: what the function gives that comes back. */
function isResult({ root, steps }: Address): boolean {
  return root.kind === "return" && steps[0]?.kind === "result";
}
