/** Calls that models describe: what their roles do with a fact. */
import type { Address, Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath } from "../paths/access-path.js";
import { isWrittenOut, meet, rootPlaces, writtenPaths } from "../models/address-facts.js";
import type { Deliver } from "./callbacks.js";
import { AnsweredUpdates } from "./answered-updates.js";
import { Answers } from "../sinks/answers.js";
import { Callbacks } from "./callbacks.js";
import { Channels } from "./channels.js";
import { Drafts } from "./drafts.js";
import type { Entry } from "./entry.js";
import { incoming, receiver } from "./fact.js";
import { ExtendedCalls } from "./extended-calls.js";
import type { Fact, State } from "./fact.js";
import { JsonTexts } from "../models/json-texts.js";
import type { ModelAt } from "../program/model-at.js";
import { holdsInRun } from "../contexts/models-in-run.js";
import { HeldPlaces, heldStep } from "../heap/held-places.js";
import { iteratedByModels } from "../models/read-flows.js";
import { isClearedBy } from "./cleared-places.js";
import { isMeantByElements } from "../points-to/flattened.js";
import { functionAddress } from "../models/function-addresses.js";
import { isKeptByRounds } from "./fold-moves.js";
import { movedPlaces } from "../models/list-places.js";
import { atSameEntry } from "../models/same-entries.js";
import { movedAddresses } from "../models/moved-addresses.js";
import { isClearedInResult, isOverwrittenByRange, isReplacedLater } from "../models/overwriting.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { apply, judge } from "../protection/protection.js";
import { isWithheld, partsMoved } from "../models/withheld-parts.js";
import { isLeftOut } from "../ways/selections.js";
import { SchemaKeys } from "../sources/schema-keys.js";
import { Serializers } from "./serializers.js";
import { madeByElement } from "../heap/made-by-elements.js";
import { showInElement } from "../heap/shown-elements.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import { isSink } from "../sinks/sink-of.js";
import { WriteHooks } from "../stores/write-hooks.js";
import { isRest } from "../../models/path.js";
import { isGuess, SiteModels } from "../models/site-models.js";
import type { Tables } from "../stores/tables.js";
import { putAsIs } from "./put-objects.js";
import { raiseThrown } from "./thrown-by-models.js";
import type { Tabulation } from "./tabulation.js";
import { isOfOtherTurn } from "./yield-positions.js";
import { isOfTexts, mayBeText, methodsOfText } from "../models/text-models.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";
import { Visits } from "../models/visits.js";
import { UnknownCalls } from "./unknown-calls.js";
import type { TellBlindSpot } from "./undescribed.js";

export class ForeignCalls {
  readonly callbacks: Callbacks;
  readonly models: SiteModels;
  readonly answers: Answers;
  private readonly channels: Channels;
  private readonly held: HeldPlaces;
  private readonly unknown: UnknownCalls;
  private readonly texts: JsonTexts;
  private readonly schemaKeys: SchemaKeys;
  private readonly serializers: Serializers;
  private readonly hooks: WriteHooks;
  private readonly extended: ExtendedCalls;
  private readonly visits: Visits;
  private readonly drafts: Drafts;
  private readonly updates: AnsweredUpdates;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly sinks: SinkRecorder,
    tell: TellBlindSpot,
    private readonly tables: Tables,
  ) {
    this.models = new SiteModels(pointsTo);
    this.answers = new Answers(pointsTo);
    const deliver: Deliver = (entry, site, to, rest, state, trace, names) => {
      this.deliver(entry, site, to, rest, state, trace, names);
    };
    this.held = new HeldPlaces(
      pointsTo,
      this.models,
      (site, ...held) => {
        deliver(tabulation.zero(site.caller), site, ...held);
      },
      (key, ...held) => {
        tabulation.heap.publish({ key, prefix: [] }, ...held);
      },
    );
    this.channels = new Channels(
      tabulation,
      pointsTo,
      this.held,
      (site) => this.models.at(site),
      (...called) => {
        this.callbacks.foreign.enter(...called);
      },
    );
    this.callbacks = new Callbacks(
      tabulation,
      pointsTo,
      (site) => this.models.at(site),
      deliver,
      sinks,
      this.channels,
      tell,
    );
    this.visits = new Visits(tabulation, pointsTo, deliver, this.callbacks);
    this.drafts = new Drafts(tabulation, pointsTo, deliver, this.callbacks);
    this.updates = new AnsweredUpdates(tabulation, pointsTo, this.callbacks);
    this.texts = new JsonTexts(tabulation, pointsTo);
    this.schemaKeys = new SchemaKeys(pointsTo);
    this.serializers = new Serializers(tabulation, pointsTo, sinks, tables);
    this.extended = new ExtendedCalls(tabulation, pointsTo, this.models, sinks, tables);
    this.hooks = new WriteHooks(tabulation, pointsTo, this.models, sinks, tables);
    this.unknown = new UnknownCalls(tabulation, pointsTo, this.callbacks, tell);
  }

  /** A fact reaches a site. True if a model says that what it is about is emptied. */
  atSite(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    this.channels.meet(entry, site, fact, trace);
    if (isOfOtherTurn(this.pointsTo, site, fact)) return false;
    const models = this.models.at(site);
    let cleared = false;
    if (site.instruction.kind === "store") {
      for (const match of models) cleared = this.applyRoles(entry, site, match, fact, trace) || cleared;
      // The object may be another one than the package's.
      return cleared && this.pointsTo.valuesOf(site.caller, site.instruction.object).size === 1;
    }
    for (const match of models)
      if (holdsInRun(this.tabulation, this.pointsTo, entry, site, match))
        cleared = this.applyRoles(entry, site, match, fact, trace) || cleared;
    showInElement(this.tabulation, entry, site, fact, trace);
    const isDescribed = models.some(({ model }) => !isRest(model));
    if (isDescribed || site.instruction.kind === "jsx" || this.channels.isMouth(site))
      this.callbacks.enterClosures(entry, site, fact, trace, false);
    // Of a package of which only its company is known, what becomes of the data is not.
    else if (site.instruction.kind === "call" && (models.length > 0 || this.unknown.mayBeCalled(site))) {
      const ofText = methodsOfText(this.pointsTo, site, fact);
      for (const match of ofText) this.applyRoles(entry, site, match, fact, trace);
      if (ofText.length === 0) this.unknown.meet(entry, site, fact, trace, models.length === 0);
    }
    return cleared;
  }

  private applyRoles(entry: Entry, site: CallSite, match: ModelAt, fact: Fact, trace: Trace): boolean {
    let cleared = false;
    const isGuessed = isGuess(match.callee);
    for (const role of match.model.roles) {
      if (isSink(role)) {
        if (
          !isGuessed &&
          !this.extended.rewrites(entry, site, match, role, fact, trace) &&
          !this.hooks.rewrites(entry, site, match, role, fact, trace) &&
          !this.serializers.rewrites(entry, site, match, role, fact, trace)
        )
          this.sinks.meet(entry, site, match, role, fact, trace);
      } else if (role.kind === "responds") this.answers.meet(entry, site, role, match.names, fact, trace);
      else if (role.kind === "flow") {
        this.move(entry, site, role, match, fact, trace);
        cleared = isOverwrittenByRange(this.pointsTo, site, role, fact.base, fact.path.components) || cleared;
      } else if (role.kind === "visits") this.visits.meet(entry, site, role, match.names, fact, trace);
      else if (role.kind === "drafts") this.drafts.meet(entry, site, role, match.names, fact, trace);
      else if (role.kind === "encrypt") {
        if (role.strength !== "strong" || !this.isWeakened(entry, site))
          this.protect(entry, site, role, match, fact, trace);
      } else if (role.kind === "resumes") this.extended.resume(entry, site, role, match.names, fact, trace);
      else if (role.kind === "decrypt") this.reveal(entry, site, role, match.names, fact, trace);
      else if (role.kind === "throws")
        raiseThrown(this.tabulation, this.pointsTo, entry, site, role, match.names, fact, trace);
      else if (role.kind === "clear")
        cleared = isClearedBy(this.tabulation, site, role, match.names, fact) || cleared;
    }
    return cleared;
  }

  private move(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "flow" }>,
    match: ModelAt,
    fact: Fact,
    trace: Trace,
  ): void {
    this.moveFact(entry, site, role, match, fact, trace);
    // A form, a query: what iterates one finds its pairs.
    if (fact.base < 0 || !role.from.some(isIterated)) return;
    for (const path of iteratedByModels(this.pointsTo, site.caller, site.point, fact.base, fact.path))
      this.moveFact(entry, site, role, match, this.tabulation.facts.fact(fact.base, path, fact.state), trace);
  }

  private moveFact(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "flow" }>,
    { model, names, callee }: ModelAt,
    fact: Fact,
    trace: Trace,
  ): void {
    // Only by its name it may be a method of texts: what lies in an object or a list is in no text.
    if (isGuess(callee) && isOfTexts(model) && !mayBeText(fact)) return;
    for (const from of role.from) {
      if (from.steps.some((each) => each.kind === "parameter")) continue;
      for (const to of role.to) {
        const ends = movedAddresses(from, to, fact.path, model);
        const moved =
          ends === null || role.places == null
            ? ends
            : movedPlaces(this.pointsTo, site, role.places, ends, fact.base, fact.path);
        if (moved === null) continue;
        const [source, written] = moved;
        const target = atSameEntry(this.pointsTo, site, source, written, fact, names);
        const rest = meet(this.pointsTo, site, source, fact.base, fact.path, names);
        // From text to text goes what is known to have been written out.
        if (isText(source) && isText(target) && !fact.path.components.includes("<text>")) continue;
        if (rest === null || isReplacedLater(this.pointsTo, site, from, fact.base, rest.components)) continue;
        if (isMeantByElements(source, role.from, rest)) continue;
        if (to.root.kind === "return" && isKeptByRounds(this.pointsTo, site)) continue;
        const deliver = (): void => {
          for (const part of partsMoved(this.pointsTo, site, role, names, rest))
            this.deliver(entry, site, target, part, fact.state, trace, names, fact);
        };
        if (isLeftOut(this.tabulation, site, model, role.to, to, rest, fact.state, deliver)) continue;
        const { withheld } = this.tables;
        if (isWithheld(this.pointsTo, withheld, this.schemaKeys, site, role, names, fact.state, rest))
          continue;
        if (
          source.steps.length === 0 &&
          isText(target) &&
          this.isConverted(entry, site, target, fact, rest, trace)
        )
          continue;
        deliver();
      }
    }
  }

  /** A value is written out as JSON, which only shows what its objects say of themselves. */
  private isConverted(
    entry: Entry,
    site: CallSite,
    target: Address,
    fact: Fact,
    rest: AccessPath,
    trace: Trace,
  ): boolean {
    const [out] = rootPlaces(site, target);
    return out !== undefined && this.texts.convert(entry, site, fact.base, rest, out.base, fact, trace);
  }

  /** What a model moves goes to a place in the caller, or into a parameter of a callback. */
  private deliver(
    entry: Entry,
    site: CallSite,
    to: Address,
    rest: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[],
    fact?: Fact,
  ): void {
    if (heldStep(to) !== -1) {
      this.held.put(site, to, rest, state, trace, names);
      return;
    }
    if (this.updates.deliver(entry, site, to, rest, state, trace, names)) return;
    const index = to.steps.findIndex((each) => each.kind === "parameter" || each.kind === "receiver");
    const target = to.steps[index];
    const paths = writtenPaths(this.pointsTo, site, to.steps.slice(index + 1), names);
    if (target !== undefined) {
      const base = target.kind === "parameter" ? incoming(target.index) : receiver;
      for (const components of paths)
        this.callbacks.enterParameter(
          entry,
          site,
          functionAddress(to, index),
          target,
          base,
          components,
          rest,
          state,
          fact ?? this.tabulation.facts.fact(base, rest, state),
          trace,
        );
      return;
    }
    const note =
      site.instruction.kind === "call"
        ? step(entry.node, site.instruction.at, { kind: "through", callee: site.instruction.name }, trace)
        : trace;
    if (isText(to) && !isWrittenOut(rest)) return;
    if (to.root.kind === "return")
      for (const place of madeByElement(this.pointsTo, site))
        for (const path of paths)
          this.tabulation.heap.publish(place, accessPath([...path, ...rest.components]), state, note);
    for (const place of rootPlaces(site, to)) {
      for (const path of paths) {
        const components = [...place.prefix, ...path, ...rest.components];
        if (
          to.root.kind === "return" &&
          isClearedInResult(this.pointsTo, site, this.models.at(site), to, components)
        )
          continue;
        if (to.root.kind === "return" && place.base >= 0)
          this.tabulation.put(entry, site.point, place.base, accessPath(components), state, note);
        // What only moves to another place of its list lies in the same objects.
        else if (fact?.base === place.base && rest.components.length > 0)
          this.tabulation.mark(entry, site.point, place.base, components, state, note);
        else {
          const put = putAsIs(fact, rest, [...place.prefix, ...path]);
          this.tabulation.write(entry, site.point, place.base, components, state, note, null, put);
        }
      }
    }
  }

  /** Another model says of the same call that it does not protect: a strong cipher in a weak mode. */
  private isWeakened(entry: Entry, site: CallSite): boolean {
    return this.models
      .at(site)
      .some(
        (each) =>
          each.model.roles.some((role) => role.kind === "encrypt" && role.strength === "weak") &&
          holdsInRun(this.tabulation, this.pointsTo, entry, site, each),
      );
  }

  private protect(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "encrypt" }>,
    match: ModelAt,
    fact: Fact,
    trace: Trace,
  ): void {
    if (
      !role.input.some(
        (input) => meet(this.pointsTo, site, input, fact.base, fact.path, match.names) !== null,
      )
    )
      return;
    const callee = site.instruction.kind === "call" ? site.instruction.name : match.model.text;
    const { protection, certain } = judge(
      this.pointsTo,
      site,
      role,
      match.names,
      callee,
      this.tabulation.contexts.reader(entry.context, entry.node),
    );
    let state = apply(this.tabulation.facts, fact.state, protection);
    if (!certain) state = this.tabulation.facts.assume(state);
    const note = step(
      entry.node,
      site.instruction.at,
      { kind: "protected", by: callee, as: protection.kind },
      trace,
    );
    for (const output of role.output)
      this.deliver(entry, site, output, emptyPath, state, note, match.names, fact);
  }

  private reveal(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "decrypt" }>,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    if (!role.input.some((input) => meet(this.pointsTo, site, input, fact.base, fact.path, names) !== null))
      return;
    const callee = site.instruction.kind === "call" ? site.instruction.name : "";
    const state = apply(this.tabulation.facts, fact.state, { kind: "raw" });
    const note = step(entry.node, site.instruction.at, { kind: "revealed", by: callee }, trace);
    for (const output of role.output) this.deliver(entry, site, output, emptyPath, state, note, names, fact);
  }
}

/** `arg0[]`: what a call is given is gone through as a list. */
function isIterated({ root, steps: [first] }: Address): boolean {
  return root.kind === "argument" && first?.kind === "element";
}

function isText(address: Address): boolean {
  return address.steps.some((step) => step.kind === "text");
}
