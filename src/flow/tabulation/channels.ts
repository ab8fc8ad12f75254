/** Values that come out elsewhere: what `resolve` is called with, what `next(v)` sends into a generator. */
import type { Address } from "../../contracts/model.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { prepend, readPrefix } from "../paths/access-path.js";
import { stepPaths, writtenPaths } from "../models/address-facts.js";
import { toSameEntry } from "../models/same-entries.js";
import { readSteps } from "./callback-results.js";
import { calledByChannel, givenPart } from "./channel-mouths.js";
import type { EnterForeign, MouthRun } from "./mouth-runs.js";
import { MouthRuns } from "./mouth-runs.js";
import type { ModelAt } from "../program/model-at.js";
import { givenBack, isSlot } from "../paths/path-components.js";
import type { Entry } from "./entry.js";
import { intoChannel } from "./fact.js";
import { intoChannel as comeOut } from "./made-channels.js";
import type { Fact, State } from "./fact.js";
import type { HeldPlaces } from "../heap/held-places.js";
import { heldStep } from "../heap/held-places.js";
import type { CallSite, Channel, PointsTo } from "../points-to/points-to.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { asksForNext, callsNext, generatorsOf } from "../points-to/generator-results.js";
import { anyTurn, isOfOtherTurn, nextPosition } from "./yield-positions.js";
import { step } from "./trace.js";

const madeResult: Address = {
  root: { kind: "return" },
  steps: [{ kind: "result" }],
  text: "return.result",
};

export class Channels {
  private readonly runs: MouthRuns;
  /** One of the functions that a call handed out. */
  private readonly mouths = new Map<CallSite, AbstractValue>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly held: HeldPlaces,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    enterForeign: EnterForeign,
  ) {
    this.runs = new MouthRuns(tabulation, pointsTo, modelsAt, enterForeign, (entry, channel, ...left) => {
      const mouth = this.mouths.get(channel.site);
      if (mouth !== undefined) this.move(entry, mouth, channel, ...left);
    });
  }

  meet(entry: Entry, site: CallSite, fact: Fact, trace: Trace): void {
    const { instruction } = site;
    if (instruction.kind === "jsx") this.meetElement(entry, site, instruction, fact, trace);
    if (instruction.kind !== "call") return;
    if (instruction.receiver === fact.base) this.end(entry, site, instruction, fact, trace);
    const run = this.runOf(site, instruction);
    const known = instruction.callee === fact.base ? readPrefix(fact.path, [givenBack]) : null;
    if (known !== null) run.back(entry, known, fact.state, trace);
    const index = instruction.arguments.findIndex((argument) => argument.value === fact.base);
    if (index === -1) return;
    for (const callee of site.foreign)
      if (this.tabulation.contexts.mayBe(entry.context, entry.node, instruction.callee, callee))
        this.give(entry, callee, index, fact.path, fact.state, trace, run);
    if (index !== 0) return;
    const sent = step(entry.node, instruction.at, { kind: "through", callee: instruction.name }, trace);
    if (callsNext(instruction.name)) this.sendNext(site, fact, sent);
    else if (instruction.name.endsWith(".throw")) this.send("raised", "", site, fact, sent);
  }

  /** The call runs what it calls for itself. */
  private runOf(site: CallSite, { out }: InstructionOf<"call">): MouthRun {
    const back: MouthRun["back"] = (entry, path, state, trace) => {
      this.tabulation.put(entry, site.point, out, path, state, trace);
    };
    return { site, key: "", back };
  }

  /** What a generator returns is what `next` gives at its end. */
  private end(
    entry: Entry,
    site: CallSite,
    { name, out, receiver }: InstructionOf<"call">,
    ended: Fact,
    trace: Trace,
  ): void {
    const { path, state } = ended;
    const left = readPrefix(path, ["<return>"]);
    if (left === null || receiver === null || !asksForNext(name)) return;
    if (isOfOtherTurn(this.pointsTo, site, ended)) return;
    const { facts, held } = this.tabulation;
    const fact = facts.fact(out, prepend(["value"], left), state);
    const generators = generatorsOf(this.pointsTo, entry.node, receiver);
    if (generators === null) {
      this.tabulation.emitAfter(entry, site.point, fact, trace);
      return;
    }
    held.holdEnded(generators, fact.path, state.field);
    this.tabulation.emitMade(entry, site.point, fact, trace);
  }

  /** An element whose component a library handed out is given its props. */
  private meetElement(
    entry: Entry,
    site: CallSite,
    { component, props }: InstructionOf<"jsx">,
    fact: Fact,
    trace: Trace,
  ): void {
    if (component === null || props !== fact.base) return;
    for (const callee of site.foreign)
      if (this.tabulation.contexts.mayBe(entry.context, entry.node, component, callee))
        this.give(entry, callee, 0, fact.path, fact.state, trace, { site, key: "", back: () => undefined });
  }

  /** Calls what may be the mouth of a channel with an argument. */
  give(
    entry: Entry,
    callee: AbstractValue,
    index: number,
    path: AccessPath,
    state: State,
    trace: Trace,
    run: MouthRun,
  ): void {
    const channel = this.pointsTo.channelOf(callee.id);
    if (channel === undefined || !this.isSaid(channel)) return;
    this.mouths.set(channel.site, callee);
    const given = givenPart(channel.from);
    if (given?.index !== index || given.steps[0]?.kind === "result") return;
    const rest = readSteps(stepPaths(this.pointsTo, channel.site, given.steps, []), path);
    if (rest === null || (isSlot(rest.components[0]) && this.runsInstead(channel))) return;
    const to = toSameEntry(this.pointsTo, channel.site, given.steps, channel.to, path, []);
    this.runs.enter(entry, this.runFor(run, callee, channel), { ...channel, to }, rest, state, trace);
  }

  /** A function that is given is run for what it gives: what it has captured does not come along. */
  private runsInstead({ site, from }: Channel): boolean {
    return this.modelsAt(site).some(({ model }) =>
      model.roles.some(
        (role) => role.kind === "flow" && role.from.some(({ text }) => text === `${from.text}.result`),
      ),
    );
  }

  /** A model says so that holds at the call: what may hold is all that was known when the function was made. */
  private isSaid({ site, from, to }: Channel): boolean {
    const models = this.modelsAt(site);
    return (
      from.root.kind !== "return" ||
      models.length === 0 ||
      models.some(({ model }) =>
        model.roles.some(
          (role) =>
            role.kind === "flow" &&
            role.from.some(({ text }) => text === from.text) &&
            role.to.some(({ text }) => text === to.text),
        ),
      )
    );
  }

  /** What is called for a function that a model put somewhere (`this.listeners_.param0`) comes out where that was. */
  private runFor(run: MouthRun, callee: AbstractValue, { site, from }: Channel): MouthRun {
    if (from.root.kind === "return") return run;
    const back: MouthRun["back"] = (entry, path, state, trace) => {
      this.move(entry, callee, { site, from, to: madeResult }, path, state, trace);
    };
    return { site: run.site, key: `${run.key}!`, back };
  }

  /** What is called is a function that a library handed out. */
  isMouth(site: CallSite): boolean {
    return [...site.foreign].some((callee) => this.isMouthOf(callee));
  }

  isMouthOf(callee: AbstractValue): boolean {
    return this.pointsTo.channelOf(callee.id) !== undefined;
  }

  /** A function that was given to a channel gave something back. True if that is what the channel moves. */
  giveResult(
    entry: Entry,
    site: CallSite,
    functionText: string,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): boolean {
    let isMeant = false;
    for (const callee of site.foreign) {
      const channel = this.pointsTo.channelOf(callee.id);
      if (channel === undefined) continue;
      isMeant = true;
      if (functionText === `arg${String(calledByChannel(channel.from))}`)
        this.move(entry, callee, channel, path, state, trace);
    }
    return isMeant;
  }

  private move(
    entry: Entry,
    callee: AbstractValue,
    { site, to }: Channel,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    if (heldStep(to) !== -1) {
      this.held.put(site, to, path, state, trace, []);
      return;
    }
    for (const components of writtenPaths(this.pointsTo, site, to.steps, [])) {
      const inside = this.tabulation.facts.fact(intoChannel(callee.id), prepend(components, path), state);
      comeOut(this.tabulation, entry, inside, trace);
    }
  }

  /** What the n-th `next` sends is what the yield before has waited for; the first one only starts the generator. */
  private sendNext(site: CallSite, fact: Fact, trace: Trace): void {
    const position = nextPosition(this.pointsTo, site.caller, site.point);
    if (position === null) this.send("sent", "", site, fact, trace);
    else if (position > 0)
      for (const turn of [`:${String(position - 1)}`, anyTurn]) this.send("sent", turn, site, fact, trace);
  }

  /** What `next(v)` sends into a generator, and what `throw(e)` raises where it waits. */
  private send(how: "sent" | "raised", turn: string, site: CallSite, fact: Fact, trace: Trace): void {
    if (site.instruction.kind !== "call" || site.instruction.receiver === null) return;
    for (const value of this.pointsTo.valuesOf(site.caller, site.instruction.receiver)) {
      if (value.kind !== "object" || !value.site.endsWith(":generator")) continue;
      this.tabulation.heap.publish(
        { key: `${how}:${value.site.slice(0, -":generator".length)}${turn}`, prefix: [] },
        fact.path,
        fact.state,
        trace,
      );
    }
  }
}
