/** From a call back to where the program is entered, past what can never be true. */
import { type AnnotationTable, declarationId } from "../../contracts/annotation.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import { AgeQuestion } from "../guards/ages/age-question.js";
import { AgeTests } from "../guards/ages/age-tests.js";
import type { ConsentQuestion } from "../guards/consent-question.js";
import { nameOfOutset } from "../guards/entries/outset-name.js";
import type { Chains } from "../guards/handlers/chains.js";
import { Proofs } from "../guards/marks/proofs.js";
import type { ArrivalAt, OpenWay, Outset, Passage } from "../guards/open-way.js";
import { OpenWays } from "../guards/open-ways.js";
import { WaysBack } from "../guards/ways-back.js";
import type { OpenWaysTools } from "../guards/ways.js";
import type { Origins } from "../sources/origins.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Tables } from "../stores/tables.js";
import { isLeftUnacknowledged } from "./behind-failures.js";
import { areDoneAtOnce } from "./done-at-once.js";
import { HookRunners } from "./hook-runners.js";
import { type Channel, QueueProducers } from "./queue-producers.js";
import { JobNames } from "./job-names.js";
import { RequestWords } from "./request-method.js";
import { keysOfTables } from "./keys-of-tables.js";
import { kindsAsked } from "./message-kinds.js";
import { type Putting, Puttings } from "./puttings.js";
import type { Known } from "./targets-by-way.js";
import { SwallowedFailures } from "./swallowed-failures.js";
import { wordsOfElements } from "./words-of-elements.js";

export interface EntryWay {
  readonly outset: Outset;
  /** As a reader calls the outset, with the method that the way asks for: `DELETE handler`. */
  readonly name: string;
  /** The queues and topics by which messages come to the outset. */
  readonly channels: readonly Channel[];
  /** What comes there is put there by somebody else: nothing in the program fills these queues. */
  readonly isFilledElsewhere: boolean;
  /** Where it asks for one of several things: the words for them, each time. */
  readonly wishes: readonly (readonly string[])[];
  /** The words by which it is chosen: names of functions that it takes out of tables, texts that something has to be. */
  readonly keys: () => readonly (readonly string[])[];
  /** What the elements say that run it, where it has no name. */
  readonly captions: () => readonly string[];
  /** Its name says more than it does: it is a job for rows of some age or state alone. */
  readonly isForState?: boolean;
  /** The functions that the way goes through, the outset's too. */
  readonly functions: ReadonlySet<FunctionNode>;
  readonly way: OpenWay;
  /** Nobody hears if what is called at its end fails. */
  readonly isSwallowed: boolean;
  /** Where it is caught and logged, the innermost first; null: it is lost without a word. */
  readonly loggedAt: readonly Passage[] | null;
}

/** A way by which data comes, and the ways to the calls that put it into the queue which that one begins with. */
export interface Arriving {
  readonly own: EntryWay;
  readonly producers: readonly EntryWay[];
}

export class EntryWays {
  private readonly pointsTo: PointsTo;
  private readonly asked: Pick<OpenWaysTools, "models"> & Known;
  private readonly back: WaysBack;
  private readonly producers: QueueProducers;
  private readonly names: JobNames;
  private readonly puttings: Puttings;
  private readonly failures: SwallowedFailures;
  private readonly hooks: HookRunners;
  private readonly words: RequestWords;
  private readonly known = new Map<CallSite, readonly EntryWay[]>();
  private readonly wanted = new Map<string, readonly EntryWay[]>();
  private readonly produced = new Map<string, readonly EntryWay[]>();

  constructor(
    tools: OpenWaysTools,
    private readonly chains: Chains,
    origins: Origins,
    private readonly annotations: AnnotationTable,
    tables: Tables,
    instances: InstanceValues,
  ) {
    const { pointsTo, models, properties, guards } = tools;
    this.pointsTo = pointsTo;
    this.asked = { pointsTo, models, tables, instances };
    this.words = new RequestWords(pointsTo);
    this.failures = new SwallowedFailures(pointsTo, models);
    this.producers = new QueueProducers(pointsTo, models);
    this.names = new JobNames(pointsTo, models, tools.conditions);
    this.puttings = new Puttings(this.asked, this.producers, this.names);
    this.hooks = new HookRunners(pointsTo, models, tables);
    const ages = new AgeTests({ pointsTo, models, origins }, properties);
    // Whatever is checked on the way, the call is run behind it: no guard closes it, and no test of an age.
    const question: ConsentQuestion = {
      accepts: () => false,
      acceptsMark: () => false,
      isDone: () => false,
      ages: new AgeQuestion(ages, Infinity),
      places: [],
    };
    const open = new OpenWays(tools, question);
    this.back = new WaysBack(
      pointsTo,
      models,
      open,
      chains,
      new Proofs(pointsTo, guards, annotations, origins),
    );
  }

  /** All ways to a call. */
  to(site: CallSite): readonly EntryWay[] {
    let ways = this.known.get(site);
    if (ways === undefined) this.known.set(site, (ways = this.find(site)));
    return ways;
  }

  /** The calls that put the jobs into a queue which a way begins with. */
  putting({ outset, way }: EntryWay): readonly CallSite[] {
    return this.producersOf(outset).filter((site) => this.names.goesAlong(site, way));
  }

  /** Ways to the calls that fill the queues out of which a call fetches messages by itself. */
  filling(site: CallSite): readonly EntryWay[] {
    return this.producers.filling(site).flatMap((each) => this.to(each));
  }

  /**
   * Ways to a call that are wanted: asked on every part of a way that ends at the call. `key` tells apart what else is
   * wanted of the same call.
   */
  wantedTo(
    site: CallSite,
    key: string,
    isWanted: (passages: readonly Passage[]) => boolean,
  ): readonly EntryWay[] {
    const whole = `${site.id} ${key}`;
    let ways = this.wanted.get(whole);
    if (ways === undefined) this.wanted.set(whole, (ways = this.find(site, isWanted)));
    return ways;
  }

  /** Is the call made in any run, as far as the text decides? */
  mayRun({ caller, point }: CallSite): boolean {
    return this.back.open.isOpenAt(caller, point);
  }

  /** The same, where its function is called so. */
  mayRunFrom(edge: CallEdge, { caller, point }: CallSite): boolean {
    if (!this.mayRun(edge.site)) return false;
    const given = this.back.open.calledFrom(edge);
    return given === null || given.isOpenAt(caller, point);
  }

  private find(site: CallSite, isWanted?: (passages: readonly Passage[]) => boolean): EntryWay[] {
    const found: EntryWay[] = [];
    // A worker does it for whoever put the job into its queue, who hears of a failure only if the worker tells of it.
    const first: Putting = { site, wanted: isWanted === undefined ? null : { key: "", isWanted } };
    const asked = { heard: new Map([["", first]]), unheard: new Map<string, Putting>() };
    const follow = ({ site: each, wanted }: Putting, isUnheard: boolean): void => {
      for (const way of this.back.fromPlace({ node: each.caller, point: each.point }, wanted?.isWanted)) {
        if (this.producers.isNeverAsked(way.outset)) continue;
        if (this.producers.isMisdirected(way.outset)) continue;
        const own = this.told(way);
        const told = isUnheard ? { ...own, isSwallowed: true, loggedAt: null } : own;
        found.push(told);
        const next = told.isSwallowed ? asked.unheard : asked.heard;
        for (const putting of [
          ...this.puttingsOf(way),
          ...[...this.hooks.of(told.functions)].map((runner) => ({ site: runner, wanted: null })),
        ])
          next.set(`${putting.site.id} ${putting.wanted?.key ?? ""}`, putting);
      }
    };
    for (const each of asked.heard.values()) follow(each, false);
    for (const [key, each] of asked.unheard) if (!asked.heard.has(key)) follow(each, true);
    return found;
  }

  /** Calls that put such jobs, each with what tells the ways on which it does. */
  private puttingsOf(way: OpenWay): readonly Putting[] {
    return this.puttings.of(way, this.isJob(way.outset));
  }

  private isJob({ node }: Outset): boolean {
    return this.chains.entries.of(node).some((entry) => entry.isJob);
  }

  private producersOf(outset: Outset): readonly CallSite[] {
    return this.producers.of(outset, this.isJob(outset));
  }

  /** The ways by which data comes to a call. */
  arriving(arrivals: readonly ArrivalAt[]): readonly Arriving[] {
    return this.back.from(arrivals).map((way) => ({ own: this.told(way), producers: this.producing(way) }));
  }

  private producing(way: OpenWay): readonly EntryWay[] {
    const passed = way.passages.map(({ node, point }) => `${String(node.index)}:${String(point)}`);
    const key = [
      way.outset.kind,
      way.outset.site?.id ?? "",
      way.outset.address,
      way.outset.node.index,
      ...passed,
    ].join(" ");
    let found = this.produced.get(key);
    if (found === undefined) {
      found = this.puttingsOf(way).flatMap(({ site, wanted }) =>
        wanted === null ? this.to(site) : this.wantedTo(site, wanted.key, wanted.isWanted),
      );
      this.produced.set(key, found);
    }
    return found;
  }

  /** Below a function that is marked, nobody waits for what is called; who calls that one may have reasons. */
  private isLost(passages: readonly Passage[]): boolean {
    const marked = passages.findIndex(({ node }) => this.isMarked(node));
    const own = marked === -1 ? passages : passages.slice(0, marked + 1);
    return own.some(
      ({ node, point }, index) =>
        index > 0 &&
        this.failures.isLostAt(node, point) &&
        !areDoneAtOnce(this.asked, passages.slice(0, index)),
    );
  }

  private isMarked({ file, graph }: FunctionNode): boolean {
    return this.annotations.functions.has(declarationId(file, graph.nameAt[0]));
  }

  private told(way: OpenWay): EntryWay {
    const { outset, passages } = way;
    const name = nameOfOutset(outset, this.chains);
    const method = passages.reduce<string | null>(
      (word, _, index) => word ?? this.words.methodAt(passages, index),
      null,
    );
    const isAsked = outset.kind === "handler" && outset.isJob !== true;
    const wishes = isAsked ? passages.flatMap((_, index) => this.words.wishesAt(passages, index)) : [];
    const sure = [...new Set(wishes.flatMap((words) => (words.length === 1 ? words : [])))];
    const whole = sure.length === 0 ? name : `${name} (${sure.join("|")})`;
    const caught = passages.flatMap((passage, index) => {
      const how = this.failures.howAt(passage.node, passage.point, passages.slice(index + 1));
      const isHeard = how === null || isLeftUnacknowledged(this.pointsTo, outset, passages, index);
      return isHeard ? [] : [{ passage, how }];
    });
    const isLost = this.isLost(passages);
    const channels = this.producers.channelsOf(outset);
    let captions: readonly string[] | undefined;
    const isLogged = !isLost && caught.every(({ how }) => how === "logged");
    return {
      outset,
      name: method !== null && !/^[A-Z]+ /u.test(name) ? `${method} ${whole}` : whole,
      channels,
      isFilledElsewhere: channels.length > 0 && this.producersOf(outset).length === 0,
      wishes: wishes.filter((words) => words.length > 1),
      keys: () => [
        ...keysOfTables(this.pointsTo, way),
        ...kindsAsked(this.pointsTo, way).flatMap(({ texts, isOne }) => (isOne ? [texts] : [])),
      ],
      captions: () => (captions ??= wordsOfElements(this.pointsTo, way)),
      functions: new Set([outset.node, ...passages.map(({ node }) => node)]),
      way,
      isSwallowed: isLost || caught.length > 0,
      loggedAt: isLogged ? caught.map(({ passage }) => passage) : null,
    };
  }
}
